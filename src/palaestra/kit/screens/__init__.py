"""The default screens that every App gets: list, detail, form, confirm, history, handbook.

A screen is two functions: `draw` turns a Session into the Nodes of the screen's main part, `on`
changes the Session when something on the screen is used. All state is the Session's.
"""
