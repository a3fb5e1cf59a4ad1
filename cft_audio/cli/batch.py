"""``cft-audio batch``: every recording of a roster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cft_audio.cli import options as option
from cft_audio.cli.batch_lines import (
    complain_of_failed,
    hand_over_lines,
    plan_lines,
    tell_of_doubts,
    tell_of_others,
    tell_of_pruned,
)
from cft_audio.cli.batch_reading import (
    check_together,
    hand_over_form,
    read_orders,
    write_template,
)
from cft_audio.cli.batch_running import open_runners, run_batch
from cft_audio.cli.face import Face  # noqa: TC001 -- click passes one
from cft_audio.cli.hand_over import KINDS, password_file, tell_packed
from cft_audio.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cft_audio.application.batches.batch import Batch
    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.outcomes import RowOutcome
    from cft_audio.application.clients.handing_over import HandOverForm
    from cft_audio.application.clients.packing import Packed

SOME_FAILED = 3
"""The status where some rows could not be made, and all others are."""


@click.command("batch")
@click.argument("roster", type=option.UserPath(path_type=Path), required=False)
@click.option(
    "-o",
    "--output",
    metavar="DIR|URL",
    help="A folder, or where fsspec reaches: s3://bucket/folder.  [default: output]",
)
@click.option(
    "--template",
    type=option.UserPath(path_type=Path),
    metavar="FILE",
    help="Write a roster to begin with: .xlsx, .csv or .yaml.",
)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.  [default: the first]")
@click.option(
    "--file-name",
    metavar="NAMES",
    help="How files are named.  [default: {code}/{practice}-{minutes}min]",
)
@click.option(
    "--workers",
    type=click.IntRange(0),
    metavar="N",
    help="Recordings made at a time; 0 makes them in this process.  [default: one a core]",
)
@click.option("--cluster", metavar="ADDRESS|FILE", help="Have them made by a Dask cluster.")
@click.option(
    "--insecure-cluster", is_flag=True, help="Even where others could read what goes there."
)
@click.option(
    "--send-names-to-google",
    is_flag=True,
    help="Agree, for this run, that everybody's lines go to Google.",
)
@click.option("--log-names", is_flag=True, help="Show names and answers in messages.")
@click.option("--prune", is_flag=True, help="Remove the files of rows that are no more in it.")
@click.option("--hand-over", type=KINDS, help="Put together for each client what they get.")
@password_file
@option.field_option("force", "Make recordings anew that are there already.")
@option.dry_run
@option.printing
@click.pass_obj
def command(
    face: Face,
    /,
    *,
    roster: Path | None,
    output: str | None,
    template: Path | None,
    sheet: str | None,
    file_name: str | None,
    workers: int | None,
    cluster: str | None,
    insecure_cluster: bool,
    send_names_to_google: bool,
    log_names: bool,
    prune: bool,
    hand_over: str | None,
    password_file: Path | None,
    force: bool,
    dry_run: bool,
) -> int:
    """Make every recording that ROSTER asks for: a table of clients in XLSX, CSV or YAML.

    Each row is one recording: a client, a practice, and any option of 'build' by its long name as a
    column. All rows are checked before the first is made. Run again, it makes only what would sound
    different, or is not there as it was made. Files are named by codes; what is printed tells no
    name. An interrupted run goes on where it stopped.

    With --hand-over, each client's recordings and a letter to them are put together, in the folder
    hand-over beside the recordings, under the client's code.

    It ends with status 3 where some rows could not be made and all others are.

    \b
    Examples:
      cft-audio batch --template clients.xlsx
      cft-audio batch clients.xlsx -n
      cft-audio batch clients.xlsx -o ~/Recordings
      cft-audio batch clients.xlsx --hand-over zip --password-file password.txt
      cft-audio batch clients.csv -o ~/Recordings --file-name "{code} {practice}"
      cft-audio batch clients.xlsx -o s3://practice/recordings --cluster tls://desk:8786
    """
    from cft_audio.application.batches.batch import Batch
    from cft_audio.application.batches.estimates import Estimates
    from cft_audio.application.batches.file_names import USUAL, check_template
    from cft_audio.application.clients.packing import pack_batch
    from cft_audio.files.targets import target_for

    if template is not None:
        write_template(face, template, roster, overwrite=force)
        return 0
    if roster is None:
        remedy = "Name the file, or begin with ‹template›"
        raise RequestError("ROSTER is missing", remedy=remedy, field="roster")
    check_together(workers, cluster, file_name, insecure=insecure_cluster)
    check_template(file_name or USUAL)
    face.unlock()  # every row is somebody's
    target = target_for(output if output is not None else str(face.output(None)))
    form = hand_over_form(face, target, hand_over, password_file)
    estimates = Estimates()
    orders = read_orders(
        face,
        roster,
        sheet,
        estimates,
        file_name or USUAL,
        sends=send_names_to_google,
        log=log_names,
    )
    face.note(*target.notes)
    batch = Batch(tuple(orders), target, face.folders)
    if dry_run:
        return _show_plans(face, batch, estimates, workers, form, anew=force, prune=prune)
    target.check()
    with open_runners(workers, cluster, batch, insecure=insecure_cluster) as runners:
        outcomes = run_batch(face, batch, estimates, runners, anew=force, log=log_names)
    removed = _others(face, batch, prune=prune)
    packed = tell_packed(face, pack_batch(batch, outcomes, form)) if form else []
    return _sum_up(face, outcomes, removed, packed, log=log_names)


def _show_plans(
    face: Face,
    batch: Batch,
    estimates: Estimates,
    workers: int | None,
    form: HandOverForm | None,
    *,
    anew: bool,
    prune: bool,
) -> int:
    """Print what each row would come to, what would be handed over, and what would go."""
    from cft_audio.application.batches.checks import expected_s, plan_rows
    from cft_audio.application.clients.packing import plan_hand_overs
    from cft_audio.files.cores import usable_cores

    plans = list(plan_rows(batch, estimates, anew=anew))
    count = usable_cores() if workers is None else workers
    whole_s = expected_s(plans, batch.notes().seconds_per_second, count)
    made = [plan for plan in plans if plan.why]
    total = {
        "rows": len(plans),
        "to_make": len(made),
        "length_s": round(sum(plan.length_s for plan in made), 1),
        "unspoken_s": round(sum(plan.unspoken_s for plan in made), 1),
        "bytes": sum(plan.bytes for plan in made),
        "expected_s": round(whole_s, 1),
    }
    handed = list(plan_hand_overs(batch, plans, form)) if form else []
    told = {"rows": [plan.as_object() for plan in plans], "total": total}
    pruned = batch.prunable() if prune else None
    if pruned:
        told["would_remove"] = list(pruned.removed)
    if form:
        told["hand_overs"] = [each.as_object() for each in handed]
    face.show(told, [*plan_lines(plans, whole_s), *hand_over_lines(handed)])
    if pruned:
        tell_of_pruned(face, pruned, would=True)
    else:
        tell_of_others(face, batch.others())
    return 0


def _others(face: Face, batch: Batch, *, prune: bool) -> tuple[str, ...]:
    """Tell of the files of rows that are no more, or remove them; return those that went."""
    if prune:
        pruned = batch.prune(lambda: None)
        tell_of_pruned(face, pruned)
        return pruned.removed
    tell_of_others(face, batch.others())
    return ()


def _sum_up(
    face: Face,
    outcomes: Sequence[RowOutcome],
    removed: Sequence[str],
    packed: Sequence[Packed],
    *,
    log: bool,
) -> int:
    """Print what became of all rows, and return the status."""
    by_row = sorted(outcomes, key=lambda outcome: outcome.order.row.number)
    tell_of_doubts(face, by_row, named=log)
    complain_of_failed(by_row, named=log)
    rows = [outcome.as_object(named=log) for outcome in by_row]
    states = [outcome.state for outcome in by_row]
    counts = {state: states.count(state) for state in ("made", "kept", "failed")}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    handed = {"hand_overs": [each.as_object() for each in packed]} if packed else {}
    face.show({"rows": rows, **counts, "removed": list(removed), **handed}, [f"{told}."])
    return SOME_FAILED if counts["failed"] or any(each.error for each in packed) else 0
