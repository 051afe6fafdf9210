#!/usr/bin/env python3
"""Plants violations and sees include_arrows.py find them: a check that cannot fail proves nothing."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import include_arrows as arrows  # noqa: E402

RULES = arrows.parse_rules((HERE / "arrows.txt").read_text(encoding="utf-8"))


def check(path, code):
    return arrows.check_file(RULES, path, code)


class Allowed(unittest.TestCase):
    """What the layers allow passes."""

    def assert_clean(self, path, code):
        self.assertEqual([str(violation) for violation in check(path, code)], [])

    def test_own_folder_lower_layer_library_and_standard(self):
        self.assert_clean(
            "common/domain/unit.cpp",
            '#include "common/domain/unit.h"\n#include "common/base/error.h"\n'
            "#include <fmt/format.h>\n#include <vector>\n",
        )

    def test_service_uses_its_own_policy(self):
        self.assert_clean("services/intake/service/intake.cpp", '#include "services/intake/policy/merge.h"\n')

    def test_handlers_use_api_messages(self):
        self.assert_clean("services/intake/rpc/handlers.cpp", '#include "liandong/intake/v1/intake.pb.h"\n')

    def test_store_uses_storage_messages(self):
        self.assert_clean("common/store/codec.cpp", '#include "liandong/storage/v1/storage.pb.h"\n')

    def test_only_redis_uses_hiredis(self):
        self.assert_clean("common/redis/reply.cpp", "#include <hiredis/hiredis.h>\n")

    def test_grpc_in_bridge_live_replayer_and_command_line(self):
        for path in ("common/rpc/server.h", "simulator/live/client.cpp", "cli/main.cpp", "services/main.cpp"):
            self.assert_clean(path, "#include <grpcpp/grpcpp.h>\n#include \"liandong/intake/v1/intake.grpc.pb.h\"\n")

    def test_main_includes_all(self):
        self.assert_clean(
            "services/main.cpp",
            '#include "common/redis/redis_store.h"\n#include "services/dispatch/rpc/handlers.h"\n',
        )

    def test_names_in_comments_and_strings_do_not_count(self):
        self.assert_clean(
            "common/domain/unit.cpp",
            '// never steady_timer\n/* #include "common/store/port.h"\n */ auto s = "system_clock::now";\n'
            'auto r = R"x(co_await "a" )x"; auto c = \'"\'; auto n = 1\'000; // it\'s\n',
        )

    def test_names_of_our_own_files_do_not_count(self):
        self.assert_clean("common/redis/connection.cpp", '#include "common/redis/deadline_timer.h"\n')

    def test_names_at_home(self):
        self.assert_clean("common/async/asio_timers.cpp", "boost::asio::steady_timer t(io);\n")
        self.assert_clean("common/base/clock.cpp", "auto t = std::chrono::system_clock::now();\n")


class Planted(unittest.TestCase):
    """What the layers forbid is found, on its line."""

    def assert_found(self, path, code, line=1, count=1):
        found = check(path, code)
        self.assertEqual([violation.line for violation in found], [line] * count, [str(v) for v in found])
        self.assertTrue(found[0].rule and found[0].instead)

    def test_upward_arrows(self):
        for path, include in (
            ("common/base/error.h", "common/domain/unit.h"),
            ("common/domain/unit.h", "common/async/task.h"),
            ("common/domain/unit.h", "common/store/port.h"),
            ("common/store/port.h", "common/redis/redis_store.h"),
            ("common/redis/redis_store.h", "liandong/storage/v1/storage.pb.h"),
            ("common/rpc/bind.h", "common/store/port.h"),
            ("common/rpc/bind.h", "common/redis/connection.h"),
            ("common/telemetry/metrics.h", "common/domain/unit.h"),
            ("common/routing/graph.h", "common/store/mirror.h"),
            ("services/intake/policy/merge.h", "common/store/port.h"),
            ("services/intake/policy/merge.h", "liandong/intake/v1/intake.pb.h"),
            ("services/intake/service/intake.h", "common/redis/redis_store.h"),
            ("services/intake/service/intake.h", "liandong/intake/v1/intake.pb.h"),
            ("services/intake/rpc/handlers.h", "common/store/port.h"),
            ("services/intake/rpc/handlers.h", "liandong/storage/v1/storage.pb.h"),
            ("services/intake/rpc/handlers.h", "liandong/intake/v1/intake.grpc.pb.h"),
            ("services/main.cpp", "simulator/scenario/scenario.h"),
            ("simulator/scenario/scenario.h", "common/store/port.h"),
            ("simulator/scenario/scenario.h", "services/intake/rpc/handlers.h"),
            ("simulator/live/client.h", "services/intake/rpc/handlers.h"),
            ("simulator/live/client.h", "cli/output.h"),
            ("simulator/virtual/runner.h", "common/redis/redis_store.h"),
            ("cli/main.cpp", "simulator/scenario/scenario.h"),
            ("common/domain/unit.cpp", "tests/support/builders.h"),
        ):
            with self.subTest(path=path, include=include):
                self.assert_found(path, f'#include <vector>\n#include "{include}"\n', line=2)

    def test_a_service_never_knows_another(self):
        self.assert_found("services/intake/service/a.cpp", '#include "services/dispatch/service/b.h"\n')
        self.assert_found("services/intake/service/a.cpp", '#include "services/dispatch/policy/b.h"\n')
        self.assert_found("services/intake/rpc/a.cpp", '#include "services/dispatch/service/b.h"\n')

    def test_a_service_never_knows_its_own_handlers(self):
        self.assert_found("services/intake/service/a.cpp", '#include "services/intake/rpc/handlers.h"\n')
        self.assert_found("services/intake/policy/a.cpp", '#include "services/intake/service/intake.h"\n')

    def test_ours_in_angle_brackets_counts(self):
        self.assert_found("common/base/error.h", "#include <common/domain/unit.h>\n")

    def test_libraries_out_of_place(self):
        self.assert_found("common/store/port.h", "#include <hiredis/hiredis.h>\n")
        self.assert_found("common/store/port.h", '#include "hiredis/hiredis.h"\n')
        self.assert_found("services/intake/rpc/handlers.h", "#include <grpcpp/grpcpp.h>\n")
        self.assert_found("simulator/virtual/runner.h", "  #  include <grpcpp/server.h>\n")

    def test_timers_out_of_place(self):
        self.assert_found("common/redis/connection.cpp", "int a;\nboost::asio::steady_timer t(io);\n", line=2)
        self.assert_found("common/redis/connection.cpp", "#include <boost/asio/deadline_timer.hpp>\n")

    def test_wall_clock_out_of_place(self):
        self.assert_found("services/intake/service/a.cpp", "auto t = std::chrono::system_clock :: now();\n")

    def test_coroutine_in_pure_code(self):
        self.assert_found("services/intake/policy/a.cpp", "co_return 1;\n")

    def test_line_numbers_survive_comments_and_raw_strings(self):
        self.assert_found(
            "common/redis/a.cpp", '/* one\n two */ auto s = R"(three\n four)";\nsteady_timer t;\n', line=4
        )

    def test_relative_include(self):
        self.assert_found("common/domain/unit.cpp", '#include "unit.h"\n')
        self.assert_found("common/domain/unit.cpp", '#include "../base/error.h"\n')

    def test_folder_without_a_rule(self):
        self.assert_found("common/attic/old.h", "int a;\n")
        self.assert_found("services/intake/stray.cpp", "int a;\n")


class WholeTree(unittest.TestCase):
    def run_main(self, files):
        with tempfile.TemporaryDirectory() as root:
            for path, code in files.items():
                target = Path(root) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(code, encoding="utf-8")
            output = io.StringIO()
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
                status = arrows.main(["--root", root])
            return status, output.getvalue()

    def test_clean_tree_exits_0(self):
        self.assertEqual(self.run_main({"common/base/a.h": "#include <vector>\n"})[0], 0)

    def test_violation_exits_1_and_names_place_rule_and_remedy(self):
        status, output = self.run_main({"common/base/a.h": '\n#include "common/domain/b.h"\n'})
        self.assertEqual(status, 1)
        self.assertIn("common/base/a.h:2: common/base may not include \"common/domain/b.h\"", output)
        self.assertIn("rule: common/base -> nothing", output)
        self.assertIn("do:   common/base is the floor", output)

    def test_nothing_scanned_is_an_error(self):
        self.assertEqual(self.run_main({"docs/a.h": ""})[0], 2)


class RulesFile(unittest.TestCase):
    def test_common_and_services_have_no_cycle(self):
        graph = {}
        for folder in RULES.folders:
            for pattern in folder.patterns:
                star = "intake" if "*" in pattern else ""
                graph[pattern.replace("*", star)] = [target.replace("=", star) for target in folder.may]

        def reach(node, path):
            self.assertNotIn(node, path, " -> ".join(path + [node]))
            for target in graph.get(node, []):
                reach(target, path + [node])

        for node in graph:
            reach(node, [])

    def test_bad_lines_are_refused(self):
        for text in ("may common/base\n", "folder common\nonly common\n", "folder\n", "folder a\nfoo b\n"):
            with self.subTest(text=text), self.assertRaises(arrows.RuleError):
                arrows.parse_rules(text)


if __name__ == "__main__":
    unittest.main()
