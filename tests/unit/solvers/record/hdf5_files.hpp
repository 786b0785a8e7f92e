#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "solvers/record/hdf5_file.hpp"

/// A folder for each test of HDF5 files, and something to write.
namespace poultice::solvers::testing {

class Hdf5Test : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::temp_directory_path() /
                 ("poultice-hdf5-" + std::to_string(::getpid()) + "-" +
                  ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directory(directory_);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::string in_directory(const std::string& name) const {
    return (directory_ / name).string();
  }

  std::filesystem::path directory_;
};

inline const std::vector<double> time{0.0, 60.0, 120.0};
inline const std::vector<double> depth{1e-6, 3e-6, 7e-6, 2e-5};

[[nodiscard]] inline std::vector<double> ramp(std::size_t size) {
  std::vector<double> values(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = 0.1 * static_cast<double>(i) + 1e-7;
  return values;
}

/// A small result with every kind of content.
inline void write_result(Hdf5Writer& file) {
  file.attribute("/", {"title", "A patch on \xC2\xB5-skin"});
  file.attribute("/", {"format_version", std::vector<int>{1, 0}});
  file.attribute("/", {"mass_balance_relative_error", 3e-14});
  file.attribute("/", {"seed", std::int64_t{1} << 60});
  file.scale("time", time, {{"units", "s"}, {"long_name", "time"}});
  file.scale("depth", depth, {{"units", "m"}});
  file.dataset("flux", std::vector<double>{0.0, 1.5, 2.5}, {"time"}, {{"units", "mol/m^2/s"}});
  file.dataset("concentration", ramp(12), {"time", "depth"}, {{"units", "mol/m^3"}}, {2, 100});
  file.dataset("layer_of_cell", std::vector<std::int8_t>{0, 0, 1, 2}, {"depth"},
               {{"flag_values", std::vector<int>{0, 1, 2}}});
  file.scalar("provenance/scenario", std::string("title = \"\xC2\xB5\"\r\n\n"));
  file.scale("provenance/key", std::vector<std::string>{"patch.area", "drug.molar_mass"});
  file.dataset("provenance/source", std::vector<std::string>{"", "doi:10.1000/1"}, {"key"});
  file.dataset("provenance/value", std::vector<double>{1e-3, 0.3365}, {"key"});
  file.group("solver", {{"integrator", "cvode"}});
  file.scalar("solver/rtol", 1e-6);
  file.scalar("solver/steps", std::int64_t{9'007'199'254'740'993});
  file.dataset("solver/when", std::vector<std::int64_t>{1, 2, 3}, {"time"});
}

}  // namespace poultice::solvers::testing
