"""The quality drill: faults planted in unseen sample districts, and the alarms that the checks raise.

Put here: kinds of faults, how a fault is planted, and how alarms are matched with faults.
Keep out: the checks themselves, and faults that the sample district has on purpose (sample/).
"""
