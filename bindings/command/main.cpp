#include "bindings/command/program.hpp"

int main(int argc, char** argv) { return poultice::bindings::run_program(argc, argv); }
