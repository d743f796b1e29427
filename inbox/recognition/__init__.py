"""Whose a file is, what it is and for when.

`names` reads file names, `covers` the first pages of the text; `lexicon` knows the words of a region and `repair` its
misspelled ones; `weighing` brings together what they say, and `recogniser` answers.
"""
