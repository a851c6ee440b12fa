"""The table says what was measured, what was promised and whether it was kept, with the command that measured it."""

from tests.load.report import Row, at_most, markdown, plain, ratio

PARTS = {
    "fanout": [ratio("ours / ws", 1.25, 1.0), ratio("ours / tutorial", 12.0, 30.0)],
    "memory": [at_most("one more socket", 39.96, 40, "KB", digits=1), Row("a | b", "7")],
}


def test_a_terminal_is_told_whether_each_promise_was_kept() -> None:
    lines = plain(PARTS).splitlines()
    assert lines[0].startswith("fanout")
    assert "make bench ARGS='--only fanout'" in lines[0]
    assert [line.rpartition("[")[2] for line in lines[1:3]] == ["at least 1: yes]", "at least 30: no]"]
    assert lines[5].endswith("40.0 KB   [under 40 KB: yes]")
    assert lines[6].endswith("7")


def test_the_readme_gets_one_table() -> None:
    lines = markdown(PARTS).splitlines()
    assert len(lines) == 6
    assert lines[2] == "| ours / ws | 1.25 | at least 1 | yes | `make bench ARGS='--only fanout'` |"
    assert lines[3] == "| ours / tutorial | 12.00 | at least 30 | no |  |"
    assert lines[5] == "| a \\| b | 7 |  |  |  |"
