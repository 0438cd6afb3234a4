"""Diagrams drawn for other engines: Camunda 7, Flowable and Activiti, as far as they hold no Java.

`translate` turns their settings into the words of this house before the gate judges the tree; `juel` turns `${…}` into
FEEL. What cannot be said here is refused with the element's name and what to write instead.
"""
