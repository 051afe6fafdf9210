#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

namespace liandong::bench {

/// A program that this one starts and ends. The kernel kills it if this one dies.
class ChildProcess {
public:
    /// `arguments[0]` is the program, looked for on the PATH when it names no directory. Output and
    /// errors are appended to `output`.
    ChildProcess(const std::vector<std::string>& arguments, const std::string& output);
    /// Kills it when it still runs.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    ::pid_t pid() const { return pid_; }
    /// False once it has ended.
    bool is_running();
    /// SIGTERM, and a wait of at most `patience`. True when it ended by itself with status 0.
    bool stop(std::chrono::milliseconds patience);

private:
    ::pid_t pid_ = -1;
    int status_ = 0;
};

/// Processor time that a process has used, all threads, user and system; to 10 ms.
double cpu_seconds(::pid_t pid);

/// Resident memory of a process, MiB; 0 when it is gone.
double resident_mib(::pid_t pid);

}  // namespace liandong::bench
