"""Each rule of tools/tidy with something that it must accept and something that it must find."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools" / "tidy"))

import all_rules  # noqa: E402
from functions import function_bodies  # noqa: E402
from tree import Tree, code_only  # noqa: E402

FIRST_HALF = "TO"  # of a mark that these tests may not contain themselves


class RuleTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text=""):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def findings(self, rule):
        return getattr(all_rules, rule)(Tree(self.root))

    def assert_accepts(self, rule):
        self.assertEqual(self.findings(rule), [])

    def assert_finds(self, rule, path, line=1):
        self.assertIn((path, line, False), [(f.path, f.line, f.warning) for f in self.findings(rule)])


class LayerRules(RuleTest):
    def test_a_layer_may_include_itself_and_what_is_below(self):
        self.write("src/protocol/a.cpp", '#include "protocol/a.h"\n\n#include <mutex>\n#include "sim/world.h"\n')
        self.write("src/net/b.cpp", '#include "base/log.h"\n')
        self.assert_accepts("includes_go_downwards")

    def test_an_include_of_a_higher_layer_is_found(self):
        self.write("src/sim/a.h", '#include "base/ids.h"\n#include "room/room.h"\n')
        self.assert_finds("includes_go_downwards", "src/sim/a.h", 2)

    def test_net_knows_only_base(self):
        self.write("src/net/a.cpp", '#include "content/json.h"\n')
        self.assert_finds("includes_go_downwards", "src/net/a.cpp")

    def test_an_include_beside_the_layers_is_found(self):
        self.write("src/room/a.cpp", '#include "../sim/world.h"\n')
        self.assert_finds("includes_go_downwards", "src/room/a.cpp")

    def test_a_folder_that_is_no_layer_is_found(self):
        self.write("src/utility/a.h", "")
        self.assert_finds("includes_go_downwards", "src/utility/a.h")

    def test_cmake_links_the_same_layers(self):
        import re
        from rules_layers import LAYERS

        repository = pathlib.Path(__file__).resolve().parents[2]
        linked = {}
        for line in re.findall(r"^throng_layer\(([^)]*)\)", (repository / "CMakeLists.txt").read_text(), re.MULTILINE):
            name, *words = line.split()
            below = words[words.index("LAYERS") + 1 :] if "LAYERS" in words else []
            direct = [word for word in below if word in linked]
            linked[name] = {name}.union(*[linked[layer] for layer in direct])
        self.assertEqual(linked, LAYERS)

    def test_integers_and_ticks_are_welcome_in_the_world(self):
        self.write("src/sim/a.cpp", '#include <vector>\n// no clock, no double\nint timer(); Tick now; const char* s = "float";\n')
        self.assert_accepts("sim_is_pure")

    def test_time_luck_files_and_floats_are_found_in_the_world(self):
        for line in (
            "#include <chrono>",
            "#include <fstream>",
            "#include <thread>",
            "double speed;",
            "float x;",
            "int r = rand();",
            "auto t = std::chrono::hours(1);",
            "boost::unordered_flat_map<int, int> m;",
            "std::unordered_set<int> s;",
        ):
            with self.subTest(line):
                self.write("src/sim/a.h", "#pragma once\n" + line + "\n")
                self.assert_finds("sim_is_pure", "src/sim/a.h", 2)

    def test_locks_are_allowed_where_threads_live(self):
        self.write("src/base/a.h", "#include <mutex>\n")
        self.write("src/room/a.h", "// no mutex here\n")
        self.assert_accepts("no_mutex_in_pure_layers")

    def test_locks_are_found_in_the_pure_layers(self):
        for layer in ("sim", "protocol", "room"):
            self.write(f"src/{layer}/a.h", "#include <vector>\nstd::mutex guard;\n")
            self.assert_finds("no_mutex_in_pure_layers", f"src/{layer}/a.h", 2)


class TextRules(RuleTest):
    def test_a_function_of_seventy_lines_is_accepted(self):
        self.write("src/base/a.cpp", "void f() {\n" + "  g();\n" * 68 + "}\n")
        self.assert_accepts("functions_are_short")

    def test_a_function_of_seventy_one_lines_is_found(self):
        self.write("src/base/a.cpp", "\nnamespace n {\nvoid f() {\n" + "  g();\n" * 69 + "}\n}\n")
        self.assert_finds("functions_are_short", "src/base/a.cpp", 3)

    def test_a_long_class_of_short_functions_is_accepted(self):
        self.write("src/base/a.h", "class A : public B<int> {\n" + "  int f() const { return 1; }\n" * 100 + "};\n")
        self.assert_accepts("functions_are_short")

    def test_a_long_file_needs_a_reason_at_its_top(self):
        self.write("src/base/a.cpp", "int a;\n" * 801)
        self.assert_finds("files_are_short", "src/base/a.cpp")
        self.write("src/base/a.cpp", "// Long because it is one table.\n" + "int a;\n" * 801)
        self.assertTrue(all(f.warning for f in self.findings("files_are_short")))

    def test_a_file_past_four_hundred_lines_is_a_warning(self):
        self.write("web/client/src/a.ts", "let a;\n" * 401)
        self.assertEqual([f.warning for f in self.findings("files_are_short")], [True])
        self.write("web/client/src/a.ts", "let a;\n" * 400)
        self.assert_accepts("files_are_short")

    def test_an_await_of_a_named_value_is_accepted(self):
        self.write("src/services/a.cpp", "co_await send(std::move(message));\nif (co_await done()) {\n")
        self.assert_accepts("awaits_hold_no_temporaries")

    def test_an_await_of_an_aggregate_or_a_capture_is_found(self):
        self.write("src/services/a.cpp", "co_await send(Message{1, 2});\nco_await run([self] { return 1; });\n")
        self.assert_finds("awaits_hold_no_temporaries", "src/services/a.cpp", 1)
        self.assert_finds("awaits_hold_no_temporaries", "src/services/a.cpp", 2)

    def test_sql_that_is_written_down_is_accepted(self):
        self.write(
            "src/services/a.cpp",
            'run("SELECT a FROM b "\n    "WHERE c = $1", {c + 1});\nfmt::format("UPDATE {}: was it from {}?", a, b);\n'
            'run("SELECT " COLUMNS " FROM b");\nconstexpr auto kUpdate = "UPDATE b SET a = a + 1";\n',
        )
        self.assert_accepts("sql_is_written_down")

    def test_sql_that_is_put_together_is_found(self):
        lines = [
            'run("SELECT a FROM b WHERE c = " + c);',
            'run(fmt::format("DELETE FROM {}", table));',
            'sql += " ORDER BY a";',
            'run(kSelect + "WHERE c = $1");',
            'run("UPDATE b SET a = 1 " COLUMNS + where);',
        ]
        self.write("src/services/a.cpp", "\n".join(lines) + "\n")
        for line in range(1, len(lines) + 1):
            self.assert_finds("sql_is_written_down", "src/services/a.cpp", line)

    def test_sql_of_names_of_the_schema_has_its_places(self):
        self.write("src/services/store/restore.cpp", 'run("DELETE FROM " + name);\n')
        self.assert_accepts("sql_is_written_down")

    def test_marks_are_found_and_ordinary_words_are_not(self):
        self.write("src/base/a.h", "// stubborn, hacking, todos\n")
        self.assert_accepts("no_unfinished_marks")
        self.write("src/base/a.h", f"int a;  // {FIRST_HALF}DO later\n")
        self.assert_finds("no_unfinished_marks", "src/base/a.h")

    def test_skipped_tests_are_found(self):
        self.write("tests/integration/a.mjs", "test('works', run);\n")
        self.assert_accepts("no_skipped_tests")
        self.write("tests/integration/a.mjs", "test('works', run);\ntest." + "skip('broken', run);\n")
        self.assert_finds("no_skipped_tests", "tests/integration/a.mjs", 2)

    def test_machine_paths_are_found_and_system_paths_are_not(self):
        self.write("docs/a.md", "/usr/bin/env, https://example.org/work/x, ./work/x, /healthz\n")
        self.assert_accepts("no_machine_paths")
        self.write("docs/a.md", "see /" + "home/ada/throng/README\n")
        self.assert_finds("no_machine_paths", "docs/a.md")


class HeaderRules(RuleTest):
    def test_pragma_once_is_asked_of_every_header(self):
        self.write("src/base/a.h", "#pragma once\n")
        self.assert_accepts("headers_have_pragma_once")
        self.write("src/base/b.h", "// #pragma once is missing\n")
        self.assert_finds("headers_have_pragma_once", "src/base/b.h")

    def test_a_header_that_compiles_alone_is_accepted_and_remembered(self):
        self.write("src/base/a.h", "#pragma once\n#include <vector>\nstd::vector<int> f();\n")
        self.assert_accepts("headers_compile_alone")
        self.assertTrue((self.root / "build/tidy/headers.json").exists())

    def test_a_header_that_leans_on_its_includer_is_found(self):
        self.write("src/base/a.h", "#pragma once\nstd::vector<int> f();\n")
        self.assert_finds("headers_compile_alone", "src/base/a.h")

    def test_a_change_below_a_header_compiles_it_again(self):
        self.write("src/base/below.h", "#pragma once\nusing Number = int;\n")
        self.write("src/base/above.h", '#pragma once\n#include "base/below.h"\nNumber f();\n')
        self.assert_accepts("headers_compile_alone")
        self.write("src/base/below.h", "#pragma once\nusing Figure = int;\n")
        self.assert_finds("headers_compile_alone", "src/base/above.h")


class RepositoryRules(RuleTest):
    def test_tests_stand_where_their_sources_stand(self):
        self.write("src/sim/ai/wander.cpp")
        self.write("bench/load/walk.h")
        self.write("tests/sim/ai/wander_test.cpp")
        self.write("tests/bench/load/walk_test.cpp")
        self.write("tests/scenario/anything_test.cpp")
        self.assert_accepts("tests_mirror_sources")

    def test_a_test_without_its_source_is_found(self):
        self.write("src/sim/ai/wander.cpp")
        self.write("tests/sim/wander_test.cpp")
        self.assert_finds("tests_mirror_sources", "tests/sim/wander_test.cpp")

    def test_lock_files_may_hold_versions_but_no_registry(self):
        good = '{"packages": {"node_modules/ws": {"version": "8.0.0", "funding": {"url": "https://example.org/f"}}}}'
        self.write("web/package-lock.json", good)
        self.assert_accepts("lock_files_name_no_host")
        self.write("web/package-lock.json", '{\n"resolved": "https://registry.example.org/ws.tgz"\n}')
        self.assert_finds("lock_files_name_no_host", "web/package-lock.json", 2)

    def test_links_to_files_folders_and_the_web_are_accepted(self):
        self.write("docs/b.md")
        self.write("docs/a.md", "[b](b.md#top) [docs](../docs/) [web](https://example.org) [here](#x) `[no](link)`\n")
        self.assert_accepts("links_resolve")

    def test_a_link_to_nowhere_is_found(self):
        self.write("README.md", "text\n\n![picture](docs/missing.png)\n")
        self.assert_finds("links_resolve", "README.md", 3)

    def test_subjects_of_commits_are_measured(self):
        self.commit("loot: hide personal drops from other party members")
        self.assert_accepts("commit_subjects_are_short")
        self.commit("loot: " + "x" * 67)
        self.assertEqual(len(self.findings("commit_subjects_are_short")), 1)

    def commit(self, subject):
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        for command in (["init", "-q"], ["commit", "-q", "--no-verify", "--allow-empty", "-m", subject]):
            subprocess.run(git + command, cwd=self.root, check=True, capture_output=True)


class FunctionFinder(unittest.TestCase):
    def names(self, text):
        return [name for name, _, _ in function_bodies(code_only(text))]

    def test_sees_functions_in_namespaces_and_classes(self):
        text = "namespace a { class B final : C { int f() const override { if (x) { y(); } } }; int g(int v = 3) { } }"
        self.assertEqual(self.names(text), ["f", "g"])

    def test_sees_constructors_with_braced_members(self):
        self.assertEqual(self.names("A::A(int x) : x_{x}, y_(f({1})), z_{} { run(); }\nint b() { }"), ["A::A", "b"])

    def test_takes_no_initialiser_for_a_function(self):
        self.assertEqual(self.names("constexpr std::array<int, 2> kA{1, 2};\nconst auto kB = make({1});\nint f() {}"), ["f"])

    def test_is_not_confused_by_text_and_directives(self):
        text = 'int f() { return g("{{", \'{\', R"x({)x", 1\'000); }  // {\n#define M { \\\n  {\nTEST(A, B) { }\n'
        self.assertEqual(self.names(text), ["f", "TEST"])

    def test_sees_operators_and_templates(self):
        text = "template <class T = int> bool operator==(T a, T b) { return a.x == b.x; }\nA& operator=(A&& o) { return *this; }"
        self.assertEqual(len(self.names(text)), 2)


if __name__ == "__main__":
    unittest.main()
