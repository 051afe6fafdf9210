#!/usr/bin/env python3
"""Every folder of k8s/ that can be applied renders, and what it renders is sound.

Faults are also planted into the rendering and must be found, so that no check is empty.
"""

import argparse
import copy
import re
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import manifests  # noqa: E402

OPTIONS = argparse.Namespace()


def applicable_folders():
    root = OPTIONS.root / "k8s"
    return [root / "base"] + sorted(path.parent for path in (root / "overlays").glob("*/kustomization.yaml"))


class Rendering(unittest.TestCase):
    def test_kubectl_is_debians(self):
        """Newer ones accept more than Debian's does, and would hide what users there run into."""
        version = subprocess.run(
            [OPTIONS.kubectl, "version", "--client"], capture_output=True, text=True, timeout=60, check=False
        ).stdout
        self.assertRegex(version, r"v1\.20\.", f"{OPTIONS.kubectl} is not Debian's: run `make bootstrap`")

    def test_every_folder_is_sound(self):
        folders = applicable_folders()
        self.assertGreaterEqual(len(folders), 2)
        for folder in folders:
            with self.subTest(folder=folder.name):
                self.assertEqual(manifests.faults(manifests.render(OPTIONS.kubectl, folder)), [])

    def test_county_has_one_of_each(self):
        county = manifests.render(OPTIONS.kubectl, OPTIONS.root / "k8s/overlays/county")
        self.assertEqual(
            [workload["spec"]["replicas"] for workload in manifests.of_kind(county, *manifests.WORKLOADS)], [1] * 4
        )

    def test_server_knows_every_flag(self):
        known = manifests.help_flags(OPTIONS.server)
        for folder in applicable_folders():
            used = manifests.used_flags(manifests.render(OPTIONS.kubectl, folder))
            self.assertGreaterEqual(len(used), 5)
            self.assertEqual(used - known, set(), f"{folder}: liandong-server --help does not name these")


class Planted(unittest.TestCase):
    """Each fault is planted into a sound rendering and must be found."""

    @classmethod
    def setUpClass(cls):
        cls.sound = manifests.render(OPTIONS.kubectl, OPTIONS.root / "k8s/base")

    def setUp(self):
        self.documents = copy.deepcopy(self.sound)
        self.intake = manifests.named(self.documents, "Deployment", "liandong-intake")[0]
        self.redis = manifests.named(self.documents, "StatefulSet", "liandong-redis")[0]
        self.pod = manifests.pod_of(self.intake)
        self.server = self.pod["containers"][0]

    def assert_found(self, pattern):
        found = manifests.faults(self.documents)
        self.assertTrue(any(re.search(pattern, fault) for fault in found), found)

    def test_root(self):
        self.pod["securityContext"]["runAsUser"] = 0
        self.assert_found("liandong-intake may run as root")

    def test_writable_root_file_system(self):
        del self.server["securityContext"]["readOnlyRootFilesystem"]
        self.assert_found("root file system is writable")

    def test_kept_capability(self):
        self.server["securityContext"]["capabilities"]["add"] = ["NET_ADMIN"]
        self.assert_found("keeps capabilities")

    def test_no_seccomp_profile(self):
        del self.pod["securityContext"]["seccompProfile"]
        self.assert_found("seccomp")

    def test_no_memory_limit(self):
        del self.server["resources"]["limits"]["memory"]
        self.assert_found(r"no limits\.memory")

    def test_floating_image(self):
        for image in ("liandong", "liandong:latest", "registry.example:5000/liandong"):
            self.server["image"] = image
            self.assert_found("not pinned")

    def test_no_liveness_probe(self):
        del manifests.pod_of(self.redis)["containers"][0]["livenessProbe"]
        self.assert_found("no livenessProbe")

    def test_probe_of_a_closed_port(self):
        self.server["readinessProbe"]["grpc"]["port"] = 7000
        self.assert_found("asks port 7000")

    def test_probe_of_another_role(self):
        self.server["readinessProbe"]["grpc"]["service"] = manifests.ROLES["dispatch"]
        self.assert_found("does not ask for the service of the role intake")

    def test_selector_without_pods(self):
        self.intake["spec"]["selector"]["matchLabels"]["app.kubernetes.io/component"] = "inlet"
        self.assert_found("does not select its own pods")

    def test_selector_with_too_many_pods(self):
        del self.intake["spec"]["selector"]["matchLabels"]["app.kubernetes.io/component"]
        self.assert_found("selects the pods of another workload")

    def test_service_to_a_closed_port(self):
        manifests.named(self.documents, "Service", "liandong-intake")[0]["spec"]["ports"][0]["targetPort"] = "rpc"
        self.assert_found("leads to rpc")

    def test_service_without_pods(self):
        manifests.named(self.documents, "Service", "liandong-redis")[0]["spec"]["selector"] = {"a": "b"}
        self.assert_found("must select the pods of one workload")

    def test_no_disruption_budget(self):
        self.documents.remove(manifests.named(self.documents, "PodDisruptionBudget", "liandong-dispatch")[0])
        self.assert_found("must have one disruption budget")

    def test_no_default_deny(self):
        self.documents.remove(manifests.named(self.documents, "NetworkPolicy", "default-deny")[0])
        self.assert_found("denies everything by default")

    def test_open_network_policy(self):
        del manifests.named(self.documents, "NetworkPolicy", "liandong")[0]["spec"]["ingress"][0]["from"]
        self.assert_found("lets anyone in")

    def test_missing_setting(self):
        self.server["env"] = []
        self.assert_found(r"\$\(LIANDONG_SCOPE\) is not defined")

    def test_listening_elsewhere(self):
        self.server["args"] = [argument.replace("7420", "7000") for argument in self.server["args"]]
        self.assert_found("--listen does not listen")

    def test_another_redis(self):
        self.server["args"] = [argument.replace("tcp:liandong-redis", "tcp:redis") for argument in self.server["args"]]
        self.assert_found("leads to no Service")

    def test_token_keys_not_mounted(self):
        self.server["volumeMounts"] = []
        self.assert_found("--token-keys lies in no")

    def test_missing_role(self):
        self.documents.remove(self.intake)
        self.assert_found("not each of")

    def test_a_role_drifts(self):
        self.intake["spec"]["strategy"]["rollingUpdate"]["maxSurge"] = 2
        self.assert_found("in more than the role")

    def test_redis_forgets(self):
        for config in manifests.of_kind(self.documents, "ConfigMap"):
            if "redis.conf" in config["data"]:
                config["data"]["redis.conf"] = config["data"]["redis.conf"].replace("fsync always", "fsync everysec")
        self.assert_found("lacks `appendfsync always`")

    def test_redis_without_a_volume(self):
        del self.redis["spec"]["volumeClaimTemplates"]
        self.assert_found("no persistent volume")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent.parent)
    parser.add_argument("--kubectl", required=True)
    parser.add_argument("--server", required=True, help="liandong-server, whose --help names its flags")
    _, rest = parser.parse_known_args(namespace=OPTIONS)
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
