"""Renders the manifests below k8s/ and judges them. Each check yields one sentence for each fault."""

import re
import subprocess

import yaml

ROLES = {
    "intake": "liandong.intake.v1.IntakeService",
    "dispatch": "liandong.dispatch.v1.DispatchService",
    "publicinfo": "liandong.publicinfo.v1.PublicInfoService",
}
WORKLOADS = ("Deployment", "StatefulSet")
DRAIN_SECONDS_MAX = 20


def render(kubectl, directory):
    """The documents that `kubectl kustomize` makes of a folder."""
    done = subprocess.run(
        [kubectl, "kustomize", str(directory)], capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode != 0:
        raise AssertionError(f"kubectl kustomize {directory}: {done.stderr}")
    return [document for document in yaml.safe_load_all(done.stdout) if document]


def of_kind(documents, *kinds):
    return [document for document in documents if document["kind"] in kinds]


def named(documents, kind, name):
    return [d for d in of_kind(documents, kind) if d["metadata"]["name"] == name]


def label(document):
    return f"{document['kind']} {document['metadata']['name']}"


def pod_of(workload):
    return workload["spec"]["template"]["spec"]


def pod_labels(workload):
    return workload["spec"]["template"]["metadata"]["labels"]


def containers(documents):
    for workload in of_kind(documents, *WORKLOADS):
        pod = pod_of(workload)
        for container in pod.get("initContainers", []) + pod["containers"]:
            yield workload, container, f"{label(workload)}, container {container['name']}"


def selected(documents, match_labels):
    """The workloads whose pods carry all these labels."""
    return [
        workload
        for workload in of_kind(documents, *WORKLOADS)
        if match_labels.items() <= pod_labels(workload).items()
    ]


def flags(container):
    """The arguments of the form --name=value."""
    return dict(
        argument[2:].split("=", 1)
        for argument in container.get("args", [])
        if argument.startswith("--") and "=" in argument
    )


def is_server(container):
    return container["image"].split("/")[-1].split(":")[0] == "liandong"


def servers(documents):
    for workload, container, where in containers(documents):
        if is_server(container):
            yield workload, container, where


def check_pods_are_confined(documents):
    for workload in of_kind(documents, *WORKLOADS):
        pod = pod_of(workload)
        context = pod.get("securityContext", {})
        if context.get("runAsNonRoot") is not True or not context.get("runAsUser"):
            yield f"{label(workload)} may run as root"
        if context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            yield f"{label(workload)} has no RuntimeDefault seccomp profile"
        if pod.get("automountServiceAccountToken") is not False:
            yield f"{label(workload)} mounts a service account token"
        if any(pod.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")):
            yield f"{label(workload)} shares a namespace of its host"
        if pod.get("terminationGracePeriodSeconds") != DRAIN_SECONDS_MAX:
            yield f"{label(workload)} does not have {DRAIN_SECONDS_MAX} s to drain"


def check_containers_are_confined(documents):
    for _, container, where in containers(documents):
        context = container.get("securityContext", {})
        if context.get("readOnlyRootFilesystem") is not True:
            yield f"{where}: the root file system is writable"
        if context.get("allowPrivilegeEscalation") is not False or context.get("privileged"):
            yield f"{where}: privileges can grow"
        if context.get("capabilities", {}) != {"drop": ["ALL"]}:
            yield f"{where}: keeps capabilities"
        if context.get("runAsUser") == 0 or context.get("runAsNonRoot") is False:
            yield f"{where}: runs as root"


def check_resources(documents):
    for _, container, where in containers(documents):
        for bound in ("requests", "limits"):
            given = container.get("resources", {}).get(bound, {})
            for resource in ("cpu", "memory"):
                if resource not in given:
                    yield f"{where}: no {bound}.{resource}"


def check_images_are_pinned(documents):
    for _, container, where in containers(documents):
        tag = container["image"].split("/")[-1].partition(":")[2]
        if "@sha256:" not in container["image"] and tag in ("", "latest"):
            yield f"{where}: image {container['image']} is not pinned"


def probe_port(probe):
    for kind in ("grpc", "httpGet", "tcpSocket"):
        if kind in probe:
            return probe[kind].get("port")
    return None


def check_probes(documents):
    for _, container, where in containers(documents):
        ports = container.get("ports", [])
        open_ports = {port["containerPort"] for port in ports} | {port.get("name") for port in ports}
        for name in ("readinessProbe", "livenessProbe"):
            if name not in container:
                yield f"{where}: no {name}"
        for name in ("startupProbe", "readinessProbe", "livenessProbe"):
            probe = container.get(name, {})
            port = probe_port(probe)
            if port is not None and port not in open_ports:
                yield f"{where}: {name} asks port {port}, which the container does not open"
            if "grpc" in probe and not isinstance(port, int):
                yield f"{where}: {name} must name its gRPC port as a number"


def check_selectors_match(documents):
    for workload in of_kind(documents, *WORKLOADS):
        wanted = workload["spec"]["selector"]["matchLabels"]
        if not wanted.items() <= pod_labels(workload).items():
            yield f"{label(workload)} does not select its own pods"
        if [label(other) for other in selected(documents, wanted)] != [label(workload)]:
            yield f"{label(workload)} selects the pods of another workload"
        for spread in pod_of(workload).get("topologySpreadConstraints", []):
            if spread["labelSelector"]["matchLabels"] != wanted:
                yield f"{label(workload)} spreads other pods than its own"
    for budget in of_kind(documents, "PodDisruptionBudget"):
        if len(selected(documents, budget["spec"]["selector"]["matchLabels"])) != 1:
            yield f"{label(budget)} must select the pods of one workload"
    budgets = [budget["spec"]["selector"]["matchLabels"] for budget in of_kind(documents, "PodDisruptionBudget")]
    for workload in of_kind(documents, *WORKLOADS):
        if sum(budget.items() <= pod_labels(workload).items() for budget in budgets) != 1:
            yield f"{label(workload)} must have one disruption budget"


def check_services(documents):
    for service in of_kind(documents, "Service"):
        workloads = selected(documents, service["spec"]["selector"])
        if len(workloads) != 1:
            yield f"{label(service)} must select the pods of one workload"
            continue
        ports = [port for container in pod_of(workloads[0])["containers"] for port in container.get("ports", [])]
        targets = {port.get("name"): port["containerPort"] for port in ports}
        for port in service["spec"]["ports"]:
            target = port.get("targetPort", port["port"])
            number = targets.get(target, target)
            if number not in targets.values():
                yield f"{label(service)}: port {port['port']} leads to {target}, which no container opens"
            elif number != port["port"]:
                yield f"{label(service)}: port {port['port']} differs from the container's {number}"
    for workload in of_kind(documents, "StatefulSet"):
        if not named(documents, "Service", workload["spec"]["serviceName"]):
            yield f"{label(workload)} names a service that is not there"


def check_network_policies(documents):
    policies = of_kind(documents, "NetworkPolicy")
    if not any(
        policy["spec"]["podSelector"] == {}
        and set(policy["spec"]["policyTypes"]) == {"Ingress", "Egress"}
        and not policy["spec"].get("ingress")
        and not policy["spec"].get("egress")
        for policy in policies
    ):
        yield "there is no NetworkPolicy that denies everything by default"
    for policy in policies:
        wanted = policy["spec"]["podSelector"].get("matchLabels", {})
        workloads = selected(documents, wanted)
        if not workloads:
            yield f"{label(policy)} selects no pod"
        opened = {
            port["containerPort"]
            for workload in workloads
            for container in pod_of(workload)["containers"]
            for port in container.get("ports", [])
        }
        for rule in policy["spec"].get("ingress") or []:
            if not rule.get("from"):
                yield f"{label(policy)} lets anyone in"
            for port in rule.get("ports", []):
                if port["port"] not in opened:
                    yield f"{label(policy)} lets in to port {port['port']}, which no container opens"


def check_references(documents):
    maps = {document["metadata"]["name"]: document.get("data", {}) for document in of_kind(documents, "ConfigMap")}
    for workload, container, where in containers(documents):
        volumes = {volume["name"]: volume for volume in pod_of(workload).get("volumes", [])}
        claims = {claim["metadata"]["name"] for claim in workload["spec"].get("volumeClaimTemplates", [])}
        for mount in container.get("volumeMounts", []):
            if mount["name"] not in volumes and mount["name"] not in claims:
                yield f"{where}: mounts {mount['name']}, which is no volume"
        for volume in volumes.values():
            if "configMap" in volume and volume["configMap"]["name"] not in maps:
                yield f"{where}: volume {volume['name']} names a ConfigMap that is not there"
        for variable in container.get("env", []):
            reference = variable.get("valueFrom", {}).get("configMapKeyRef")
            if reference and reference["key"] not in maps.get(reference["name"], {}):
                yield f"{where}: {variable['name']} names a setting that is not there"
        defined = {variable["name"] for variable in container.get("env", [])}
        for used in re.findall(r"\$\((\w+)\)", " ".join(container.get("args", []))):
            if used not in defined:
                yield f"{where}: $({used}) is not defined"


def check_server_arguments(documents):
    for workload, container, where in servers(documents):
        given = flags(container)
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        for flag, port in (("listen", "grpc"), ("metrics", "metrics")):
            if given.get(flag) != f"0.0.0.0:{ports.get(port)}":
                yield f"{where}: --{flag} does not listen on the container's port {port}"
        _, _, redis = given.get("redis", "").partition("tcp:")
        host, _, port = redis.partition(":")
        services = named(documents, "Service", host)
        if not services or int(port or 0) not in [entry["port"] for entry in services[0]["spec"]["ports"]]:
            yield f"{where}: --redis={given.get('redis')} leads to no Service"
        mounts = [mount for mount in container.get("volumeMounts", [])
                  if given.get("token-keys", "").startswith(mount["mountPath"] + "/")]
        secrets = {volume["name"] for volume in pod_of(workload).get("volumes", []) if "secret" in volume}
        if not any(mount["name"] in secrets and mount.get("readOnly") for mount in mounts):
            yield f"{where}: --token-keys lies in no read-only mounted Secret"


def check_roles(documents):
    seen = []
    for workload, container, where in servers(documents):
        role = flags(container).get("roles", "")
        seen.append(role)
        if pod_labels(workload).get("app.kubernetes.io/component") != role:
            yield f"{where}: the component label is not the role {role}"
        for name in ("startupProbe", "readinessProbe"):
            if container[name]["grpc"].get("service") != ROLES.get(role):
                yield f"{where}: {name} does not ask for the service of the role {role}"
        if container["livenessProbe"]["grpc"].get("service"):
            yield f"{where}: livenessProbe must ask for the process, not for a service"
    if sorted(seen) != sorted(ROLES):
        yield f"the Deployments have the roles {sorted(seen)}, not each of {sorted(ROLES)} once"


def check_roles_are_alike(documents):
    """The three role manifests are copies; this keeps them so."""

    def neutral(value, role):
        if isinstance(value, dict):
            return {key: neutral(inner, role) for key, inner in value.items()}
        if isinstance(value, list):
            return [neutral(inner, role) for inner in value]
        return value.replace(ROLES[role], "SERVICE").replace(role, "ROLE") if isinstance(value, str) else value

    for kind in ("Deployment", "Service", "PodDisruptionBudget"):
        found = {}
        for role in ROLES:
            documents_of_role = named(documents, kind, f"liandong-{role}")
            if len(documents_of_role) != 1:
                yield f"there is no {kind} liandong-{role}"
            else:
                found[role] = neutral(documents_of_role[0], role)
        for role, document in found.items():
            if document != next(iter(found.values())):
                yield f"{kind} liandong-{role} differs from that of {next(iter(found))} in more than the role"


def check_redis_is_durable(documents):
    workloads = named(documents, "StatefulSet", "liandong-redis")
    if len(workloads) != 1:
        yield "there is no StatefulSet liandong-redis"
        return
    pod = pod_of(workloads[0])
    if "/data" not in [mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]]:
        yield "Redis has no volume at /data"
    if not workloads[0]["spec"].get("volumeClaimTemplates"):
        yield "Redis keeps its data in no persistent volume"
    configs = [document["data"]["redis.conf"] for document in of_kind(documents, "ConfigMap")
               if "redis.conf" in document.get("data", {})]
    if len(configs) != 1:
        yield "there must be one redis.conf"
        return
    lines = configs[0].splitlines()
    for wanted in ("dir /data", "appendonly yes", "appendfsync always", "no-appendfsync-on-rewrite no",
                   'save ""', "maxmemory-policy noeviction", "min-replicas-to-write 0"):
        if wanted not in lines:
            yield f"redis.conf lacks `{wanted}`"


def check_namespace(documents):
    for document in documents:
        if document["kind"] != "Namespace" and document["metadata"].get("namespace") != "liandong":
            yield f"{label(document)} lies in no namespace of ours"


CHECKS = [
    check_pods_are_confined,
    check_containers_are_confined,
    check_resources,
    check_images_are_pinned,
    check_probes,
    check_selectors_match,
    check_services,
    check_network_policies,
    check_references,
    check_server_arguments,
    check_roles,
    check_roles_are_alike,
    check_redis_is_durable,
    check_namespace,
]


def faults(documents):
    return [fault for check in CHECKS for fault in check(documents)]


def help_flags(server):
    """The long options that `liandong-server --help` names."""
    done = subprocess.run([server, "--help"], capture_output=True, text=True, timeout=30, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{server} --help ended with {done.returncode}: {done.stderr}")
    return set(re.findall(r"--([a-z][a-z0-9-]*)", done.stdout))


def used_flags(documents):
    return {argument[2:].partition("=")[0] for _, container, _ in servers(documents)
            for argument in container["args"]}
