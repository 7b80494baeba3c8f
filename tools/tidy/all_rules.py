"""Every rule, in the order in which they run; the slow one last."""

from rules_headers import headers_compile_alone, headers_have_pragma_once
from rules_layers import includes_go_downwards, no_mutex_in_pure_layers, sim_is_pure
from rules_repository import commit_subjects_are_short, links_resolve, lock_files_name_no_host, tests_mirror_sources
from rules_sql import sql_is_written_down
from rules_text import (
    awaits_hold_no_temporaries,
    files_are_short,
    functions_are_short,
    no_machine_paths,
    no_skipped_tests,
    no_unfinished_marks,
)

ALL_RULES = [
    includes_go_downwards,
    sim_is_pure,
    no_mutex_in_pure_layers,
    functions_are_short,
    files_are_short,
    awaits_hold_no_temporaries,
    sql_is_written_down,
    no_unfinished_marks,
    no_skipped_tests,
    no_machine_paths,
    tests_mirror_sources,
    lock_files_name_no_host,
    links_resolve,
    commit_subjects_are_short,
    headers_have_pragma_once,
    headers_compile_alone,
]
