// A forked child has none of its parent's threads, and LeakSanitizer takes what those hold for lost. Some
// tests fork to fill a disk and end by exit(), so that what HDF5 does there is on trial too.
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libhdf5\n"                              // what HDF5 knows of each thread
         "leak:__cxa_thread_atexit_impl\n"             // what is to be done when a thread ends
         "leak:poultice::solvers::WeightTable::of\n";  // the weights that each thread keeps
}
#endif
