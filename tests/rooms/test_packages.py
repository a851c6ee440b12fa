"""The package finder, against brute force and at its full size. No database, no panels."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.package_standing import Change, LeftOut, Said, Unmet, standing
from rooms.packages import Found, Problem, Search, Table, Wish, find, steps
from tests.load.packages import full_table

Options = tuple[int, ...]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    options = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))

    def wish(issue: int) -> st.SearchStrategy[Wish | None]:
        others = [one for one in range(len(options)) if one != issue]
        one = st.integers(0, options[issue] - 1)
        linked = [(other, least) for other in others for least in range(options[other])]
        conditions = st.lists(st.sampled_from(linked), max_size=2) if linked else st.just([])
        made = st.builds(
            lambda preferred, more, weight, linked: Wish(
                preferred, frozenset({preferred, *more}), weight, tuple(linked)
            ),
            one,
            st.lists(one, min_size=1, max_size=4),
            st.integers(1, 4),
            conditions,
        )
        return st.one_of(made, made, made, st.none())

    rows = st.tuples(*(wish(issue) for issue in range(len(options))))
    return Problem(tuple(options), tuple(draw(st.lists(rows, min_size=1, max_size=4))))


def accepts(wish: Wish | None, option: int, package: Options) -> bool:
    if wish is None or option == wish.preferred:
        return True
    return option in wish.acceptable and all(package[other] >= least for other, least in wish.conditions)


def acceptable(problem: Problem) -> list[Options]:
    return [
        package
        for package in product(*(range(one) for one in problem.options))
        if all(accepts(wish, package[n], package) for row in problem.wishes for n, wish in enumerate(row))
    ]


def cost(problem: Problem, package: Options) -> Options:
    return tuple(
        sum(wish.weight * steps(option, wish.preferred) for wish, option in zip(row, package, strict=True) if wish)
        for row in problem.wishes
    )


def unbeaten(problem: Problem) -> list[Options]:
    all_of_them = {package: cost(problem, package) for package in acceptable(problem)}
    return [
        package
        for package, own in all_of_them.items()
        if not any(other != own and all(map(int.__le__, other, own)) for other in all_of_them.values())
    ]


@settings(deadline=None, max_examples=150)
@given(problems())
def test_the_finder_finds_what_brute_force_finds(problem: Problem) -> None:
    found, best = find(problem), unbeaten(problem)
    assert found.complete
    assert (found.count, found.efficient) == (len(acceptable(problem)), len(best))
    table = Table(problem)
    assert {tuple(table.split(costs)) for costs in found.front} == {cost(problem, one) for one in best}
    assert sum(one.alike for one in found.packages) <= found.efficient
    for package in found.packages:
        assert package.options in best
        assert package.alike == sum(cost(problem, one) == cost(problem, package.options) for one in best)


@settings(deadline=None, max_examples=80)
@given(problems())
def test_what_shows_first_leaves_the_worst_off_best_off(problem: Problem) -> None:
    least = [min(package.nearness) for package in find(problem).packages]
    assert least == sorted(least, reverse=True)
    assert all(0 <= one <= 100 for package in find(problem).packages for one in package.nearness)


@settings(deadline=None, max_examples=150)
@given(problems(), st.data())
def test_a_texts_standing_is_what_brute_force_says(problem: Problem, data: st.DataObject) -> None:
    said: Said = tuple(
        data.draw(st.one_of(st.none(), st.integers(0, options - 1)), label="said") for options in problem.options
    )
    stands, fitting = standing(problem, said), acceptable(problem)

    def agrees(package: Options, text: Said) -> bool:
        return all(one in (None, option) for one, option in zip(text, package, strict=True))

    assert stands.ways == sum(agrees(package, said) for package in fitting)
    assert not (stands.ways and (stands.left_out or stands.unmet))
    apart = [sum(one not in (None, option) for one, option in zip(said, package, strict=True)) for package in fitting]
    if stands.ways == 0 and stands.changes:
        assert {len(change.moves) for change in stands.changes} == {min(apart)}
        for change in stands.changes:
            moved = tuple(dict(change.moves).get(issue, one) for issue, one in enumerate(said))
            assert change.ways == sum(agrees(package, moved) for package in fitting)
    elif stands.ways == 0 and stands.complete:
        assert not fitting
    elif not stands.open:
        own = tuple(one for one in said if one is not None)
        assert stands.efficient == (own in unbeaten(problem))
        assert stands.efficient or stands.better in unbeaten(problem)


ALL = frozenset({0, 1, 2})
TWO = Problem(
    (3, 3),
    (
        (Wish(0, frozenset({0, 1}), 2, ((1, 2),)), Wish(2, ALL, 1)),
        (Wish(2, frozenset({1, 2}), 2), Wish(0, ALL, 1)),
    ),
)


def test_a_condition_shuts_out_what_does_not_meet_it() -> None:
    found = find(TWO)
    assert (found.count, [one.options for one in found.packages]) == (1, [(1, 2)])
    assert found.packages[0].nearness == (67, 34)


def test_a_text_hears_whom_it_leaves_out_what_is_unmet_and_the_single_step() -> None:
    assert standing(TWO, (2, None)).left_out == (LeftOut(0, 0, 2, 1, ()),)
    assert standing(TWO, (2, None)).changes == (Change(((0, 1),), 1),)
    unmet = standing(TWO, (1, 0))
    assert (unmet.left_out, unmet.unmet) == ((), (Unmet(0, 0, 1, 2),))
    assert unmet.changes == (Change(((1, 2),), 1),)
    whole = standing(TWO, (1, 2))
    assert (whole.ways, whole.efficient) == (1, True)


def test_where_nothing_is_acceptable_to_all_the_finder_says_why() -> None:
    apart = Problem((2,), ((Wish(0, frozenset({0})),), (Wish(1, frozenset({1})),), (None,)))
    found = find(apart)
    assert (found.count, found.complete, found.packages) == (0, True, ())
    assert [(one.issue, one.left_out) for one in found.blocked] == [(0, ((1,), (0,)))]
    assert found.without == ((0, 1), (1, 1))
    nowhere = standing(apart, (0,))
    assert (nowhere.ways, nowhere.changes, nowhere.complete) == (0, (), True)


def test_a_text_that_all_could_better_hears_how() -> None:
    easy = Problem((3,), ((Wish(0, ALL),), (Wish(1, ALL),)))
    assert standing(easy, (2,)).better in ((0,), (1,))
    assert standing(easy, (2,)).efficient is False


def test_no_issues_and_no_delegations_are_no_trouble() -> None:
    assert find(Problem((), ())).count == 1
    assert find(Problem((2, 3), ())).count == 6
    assert standing(Problem((2, 3), ()), (None, 1)).ways == 2


def test_eight_issues_five_options_seven_delegations_are_exact() -> None:
    """How long it takes is measured by `make bench`; here, that the bound of work lets it end."""
    for conditions in (0.0, 0.1, 0.4):
        table = Table(full_table(1, conditions=conditions))
        search = Search(table)
        assert search.run()
        assert search.work > 0


def test_a_search_that_is_too_much_says_so_and_still_tells_of_acceptable_packages() -> None:
    found: Found = find(full_table(1, issues=11))
    assert (found.complete, found.count) == (False, 5**11)
    assert found.packages
    assert find(full_table(1, issues=11)) is found, "it is remembered"
