"""The measurement serves as the product does."""

from neacd.management.commands.serve import configuration
from tests.load.launch import OPTIONS


def test_the_measured_server_has_the_options_of_the_one_that_is_run() -> None:
    served = vars(configuration("127.0.0.1", 8000))
    assert {name: served[name] for name in OPTIONS} == OPTIONS
