"""How much the slides of each medium hold; their look is in the templates, which keep to these numbers."""

from padctl.report.slides import Layout, Room

LAYOUTS = {
    "html": Layout(
        main=Room(lines=11, width=48),
        side=Room(lines=12, width=48),
        alone=Room(lines=11, width=84),
        half=Room(lines=19, width=56),
        whole=Room(lines=12, width=92),
        charted=Room(lines=11, width=56),
        lead=4,
        ask=180,
        remark=110,
    ),
    "md": Layout(
        main=Room(lines=6, width=104),
        side=Room(lines=6, width=104),
        alone=Room(lines=15, width=104),
        half=Room(lines=10, width=112),
        whole=Room(lines=17, width=112),
        charted=Room(lines=9, width=112),
        lead=2,
        ask=180,
        remark=100,
    ),
}
