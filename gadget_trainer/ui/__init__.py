"""Everything Qt: the window, its workspaces, and what they share.

Nothing here imports spaCy, SQLAlchemy or numpy at the top of a module: the window is painted before they load.
"""
