#pragma once

namespace poultice::bindings {

/// How the program ends; scripts and schedulers rely on these numbers.
enum ExitCode : int {
  done = 0,
  run_failed = 1,     ///< the run, or the writing of its result
  bad_input = 2,      ///< the command line, a scenario, a file that was to be read
  a_bug = 70,         ///< EX_SOFTWARE
  interrupted = 130,  ///< 128 + SIGINT
};

}  // namespace poultice::bindings
