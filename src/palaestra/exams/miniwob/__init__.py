"""Exams on MiniWoB++'s pages: every task, many seeds, next to whoever clicks at random.

The pages and how an attempt goes are in `browser.miniwob`; here attempts are counted and told.
"""
