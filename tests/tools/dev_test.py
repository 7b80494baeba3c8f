"""./dev: its help, its list of steps, and how it counts tests."""

import pathlib
import re
import subprocess
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def bash(script, *arguments):
    command = ["bash", "-c", script, "bash", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def counted(log):
    with tempfile.NamedTemporaryFile("w", suffix=".log") as file:
        file.write(log)
        file.flush()
        done = bash('source tools/dev/count.sh; count_tests "$1"', file.name)
    return tuple(int(word) for word in done.stdout.split())


class Counting(unittest.TestCase):
    def test_reads_googletest(self):
        log = "[==========] 12 tests from 3 test suites ran. (5 ms total)\n[  PASSED  ] 10 tests.\n"
        self.assertEqual(counted(log + "[  FAILED  ] 2 tests, listed below:\n[  FAILED  ] A.B\n"), (10, 2))

    def test_reads_both_reporters_of_node(self):
        self.assertEqual(counted("# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 0\n"), (3, 1))
        self.assertEqual(counted("\x1b[34mℹ pass 5\x1b[39m\nℹ fail 0\n"), (5, 0))

    def test_a_skipped_test_is_not_a_passed_one(self):
        self.assertEqual(counted("ℹ pass 5\nℹ fail 0\nℹ skipped 2\n"), (5, 2))

    def test_reads_unittest(self):
        self.assertEqual(counted("Ran 9 tests in 0.1s\n\nOK\n"), (9, 0))
        self.assertEqual(counted("Ran 9 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n"), (6, 3))

    def test_adds_up_several_programs(self):
        self.assertEqual(counted("[  PASSED  ] 1 test.\n[  PASSED  ] 2 tests.\n3 passed, 1 failed\n"), (6, 1))

    def test_counts_nothing_in_other_text(self):
        self.assertEqual(counted("all is well\n"), (0, 0))


def listed(log):
    with tempfile.NamedTemporaryFile("w", suffix=".log") as file:
        file.write(log)
        file.flush()
        return bash('source tools/dev/failures.sh; list_failures "$1"', file.name).stdout.splitlines()


class Failures(unittest.TestCase):
    def test_a_googletest_with_what_it_said(self):
        log = "[ RUN      ] A.Good\nfine\n[       OK ] A.Good (1 ms)\n[ RUN      ] A.Bad\nx.cpp:3: Failure\n  1 is not 2\n"
        log += "[  FAILED  ] A.Bad (3 ms)\n[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.Bad\n"
        self.assertEqual(listed(log), ["[  FAILED  ] A.Bad (3 ms)", "  x.cpp:3: Failure", "    1 is not 2"])

    def test_a_long_test_by_its_end(self):
        lines = "".join(f"line {number}\n" for number in range(100))
        found = listed(f"[ RUN      ] A.Bad\n{lines}[  FAILED  ] A.Bad (3 ms)\n")
        self.assertEqual((found[1], found[-1], len(found)), ("  line 86", "  line 99", 15))

    def test_a_node_test_by_its_report(self):
        log = "✖ bad (1ms)\nℹ fail 1\n\n✖ failing tests:\n\ntest at a.mjs:2:44\n✖ bad (1ms)\n  1 !== 2\n"
        self.assertEqual(listed(log), ["test at a.mjs:2:44", "✖ bad (1ms)", "  1 !== 2"])

    def test_sanitizers_and_crashes(self):
        log = "SUMMARY: ThreadSanitizer: data race a.cpp:1 in f()\nbuild/tsan/a_tests ended with status 66\n0 passed, 1 failed\n"
        self.assertEqual(listed(log), log.splitlines()[:2])

    def test_something_else_by_its_end(self):
        self.assertEqual(listed("".join(f"line {number}\n" for number in range(20)))[-2:], ["line 18", "line 19"])
        self.assertEqual(listed("a.cpp:1: error\n"), ["a.cpp:1: error"])

    def test_many_are_counted(self):
        found = listed("".join(f"[ RUN      ] A.{number}\n[  FAILED  ] A.{number} (1 ms)\n" for number in range(20)))
        self.assertEqual((len(found), found[-1]), (9, "… and 12 more"))


class Commands(unittest.TestCase):
    def test_every_command_of_the_help_exists(self):
        done = bash("./dev help")
        self.assertEqual(done.returncode, 0)
        names = re.findall(r"^  (\w+) ", done.stdout, re.MULTILINE)
        self.assertIn("run", names)
        script = "".join((REPOSITORY / path).read_text() for path in ["dev", "tools/dev/commands.sh", "tools/dev/test.sh"])
        self.assertEqual([name for name in names if f"cmd_{name}()" not in script], [])

    def test_no_command_is_the_help(self):
        self.assertEqual(bash("./dev").stdout, bash("./dev help").stdout)

    def test_an_unknown_command_or_step_says_what_there_is(self):
        self.assertEqual(bash("./dev dance").returncode, 2)
        done = bash("./dev test dance")
        self.assertEqual(done.returncode, 2)
        self.assertIn("unit-asan", done.stderr)


class Packages(unittest.TestCase):
    """Against an apt-get that only writes down how it was called."""

    def need(self, *packages):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {"apt-get": f'echo "$@" >>{folder}/calls', "sudo": '"$@"'}.items():
                program = pathlib.Path(folder, name)
                program.write_text(f"#!/bin/sh\n{text}\n")
                program.chmod(0o755)
            done = bash(
                "set -euo pipefail; PATH=$1:$PATH; source tools/dev/say.sh; source tools/dev/packages.sh\n"
                f"BUILD_PACKAGES=({' '.join(packages)}); BUILD_PROGRAMS=(bash:bash); need_packages build",
                folder,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            calls = pathlib.Path(folder, "calls")
            return calls.read_text().splitlines() if calls.exists() else []

    def test_apt_is_left_alone_when_nothing_is_missing(self):
        self.assertEqual(self.need("bash", "coreutils"), [])

    def test_only_what_is_missing_is_installed_and_without_recommendations(self):
        update, install = self.need("bash", "no-such-package")
        self.assertTrue(update.endswith("update"))
        self.assertTrue(install.endswith("install -y --no-install-recommends no-such-package"))

    def test_a_missing_program_is_installed_by_its_package(self):
        done = bash("source tools/dev/packages.sh; BUILD_PROGRAMS=(bash:bash no-such-program:some-package); missing_programs")
        self.assertEqual(done.stdout, "some-package\n")


    def test_a_new_postgres_gets_no_cluster_of_its_own_unless_somebody_has_decided(self):
        with tempfile.TemporaryDirectory() as folder:
            settings = pathlib.Path(folder, "etc/createcluster.conf")
            script = f"source tools/dev/packages.sh; POSTGRES_CLUSTER_SETTINGS={settings} no_postgres_cluster"
            self.assertEqual(bash(script).returncode, 0)
            self.assertIn("create_main_cluster = false", settings.read_text())
            settings.write_text("start_conf = auto")
            self.assertEqual(bash(script).returncode, 0)
            self.assertEqual(settings.read_text(), "start_conf = auto")


class Steps(unittest.TestCase):
    """Runs the runner itself on steps of the test's own, with its logs in a folder of its own."""

    def run_steps(self, *steps):
        with tempfile.TemporaryDirectory() as logs:
            lines = "\n".join(f"  '{step}'" for step in steps)
            return bash(
                "set -euo pipefail; source tools/dev/say.sh; source tools/dev/count.sh; source tools/dev/failures.sh\n"
                "source tools/dev/test.sh\n"
                f"need_packages() {{ :; }}\nLOGS=$1/logs\nSTEPS=(\n{lines}\n)\ncmd_test",
                logs,
            )

    def test_the_last_line_is_the_sum(self):
        done = self.run_steps("a | README.md | echo 3 passed, 0 failed", "b | README.md | true")
        self.assertEqual(done.stdout.splitlines()[-1], "4 passed, 0 failed")
        self.assertEqual(done.returncode, 0)

    def test_failures_are_named_at_the_end(self):
        step = "a | README.md | echo \"[  FAILED  ] A.Bad (3 ms)\"; echo 1 passed, 1 failed"
        end = self.run_steps(step, "b | README.md | true").stdout.splitlines()[-5:]
        self.assertEqual(end[:3], ["failed in a:", "  [  FAILED  ] A.Bad (3 ms)", ""])

    def test_a_failing_step_does_not_stop_the_next(self):
        done = self.run_steps("a | README.md | echo broken; false", "b | README.md | true")
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 1 failed")
        self.assertIn("broken", done.stderr)
        self.assertEqual(done.returncode, 1)

    def test_a_step_stops_at_its_first_failing_command(self):
        done = self.run_steps("a | README.md | false; echo 5 passed, 0 failed")
        self.assertEqual(done.stdout.splitlines()[-1], "0 passed, 1 failed")

    def test_failures_that_a_runner_reports_fail_the_step_whatever_its_exit_code(self):
        done = self.run_steps("a | README.md | echo 5 passed, 1 failed")
        self.assertEqual(done.stdout.splitlines()[-1], "5 passed, 1 failed")
        self.assertEqual(done.returncode, 1)

    def test_a_step_whose_folder_is_missing_fails(self):
        done = self.run_steps("a | tests/no-such-folder | true")
        self.assertIn("missing", done.stdout)
        self.assertEqual(done.returncode, 1)


class UnitPrograms(unittest.TestCase):
    """Runs programs of the test's own in the place of GoogleTest's."""

    def run_program(self, text):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder, "a_tests")
            program.write_text(f"#!/bin/sh\n{text}\n")
            program.chmod(0o755)
            return bash(
                "set -euo pipefail; source tools/dev/say.sh; source tools/dev/test.sh\n"
                'folder=$1; nproc() { echo 3; }; built_program() { echo "$folder/$2"; }\n'
                "LOGS=$folder/logs; run_unit_program debug a_tests",
                folder,
            )

    def test_each_part_runs_once(self):
        done = self.run_program('echo "part $GTEST_SHARD_INDEX of $GTEST_TOTAL_SHARDS"')
        self.assertEqual(re.findall(r"^part \d of \d$", done.stdout, re.MULTILINE), ["part 0 of 3", "part 1 of 3", "part 2 of 3"])
        self.assertEqual(done.returncode, 0)

    def test_a_part_that_fails_fails_the_program(self):
        done = self.run_program('exit "$GTEST_SHARD_INDEX"')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(len(re.findall(r"ended with status 2\n0 passed, 1 failed", done.stdout)), 1)


if __name__ == "__main__":
    unittest.main()
