"""MiniWoB++ (Shi et al. 2017, Liu et al. 2018): small pages by others, each with a task in it.

The pages come from the package `miniwob` (Farama Foundation, MIT licence), an extra. Here are the
list of its tasks, the server of its pages and how an attempt at one begins and is judged; exams and
practice on them are upstairs. Nothing of its Python is used, and none of its pages is changed.
"""
