"""What runs by itself: the times, the slots that each run at most once, and the Prefect deployments made of them.

`timing` counts, `taking` takes a slot in our store, `work` does it, `flow` is the thin Prefect flow, `deploying` makes
the deployments. Prefect is told names of schedules alone.
"""
