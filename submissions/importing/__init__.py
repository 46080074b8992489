"""The table in which an organisation recommends works: read, judged, written again.

Bytes become a grid (`reading`), the grid a head and rows (`layout`), a row's cells what
a work needs (`cells`, `checking`), with a remark for whatever was put right or cannot
be. Nothing here touches the database; `services.importing` does.
"""
