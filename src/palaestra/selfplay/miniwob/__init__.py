"""Practice on MiniWoB++'s pages in the browser, on seeds that no exam has.

What a page says of an attempt is all there is to learn from: there is no oracle. So a network
attempts, what succeeded is shortened and imitated, what failed is searched around, and attempts at
the same problem are held against each other.
"""
