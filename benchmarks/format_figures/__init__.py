"""What recordings sound like in every format, measured on what is decoded of them.

- ``sessions`` has ten sessions, which differ in all that may matter.
- ``measuring`` builds each in every format, decodes it, and measures it.
- ``goals`` has the bounds, and what was found that lies outside.
- ``report`` writes it all down.
"""
