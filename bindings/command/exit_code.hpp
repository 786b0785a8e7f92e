#pragma once

namespace poultice::bindings {

/// How the program ends; scripts and schedulers rely on these numbers.
enum ExitCode : int {
  done = 0,
  run_failed = 1,     ///< the run, or the writing of its result
  bad_input = 2,      ///< the command line, a scenario, a file that was to be read
  some_failed = 3,    ///< a sweep is done, and some of its members failed
  a_bug = 70,         ///< EX_SOFTWARE
  resumable = 75,     ///< EX_TEMPFAIL: a sweep was asked to stop; what is done is committed
  interrupted = 130,  ///< 128 + SIGINT
};

}  // namespace poultice::bindings
