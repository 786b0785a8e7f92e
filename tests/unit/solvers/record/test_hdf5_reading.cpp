// What is read: files that are no results, questions that have no answer, and files that others made.
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include "solvers/record/hdf5_file.hpp"
#include "tests/support/complaint.hpp"
#include "tests/unit/solvers/record/hdf5_files.hpp"

namespace poultice::solvers {
namespace {

namespace fs = std::filesystem;
using poultice::testing::complaint;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::write_result;

class Hdf5Reading : public testing::Hdf5Test {};

TEST_F(Hdf5Reading, FilesThatAreNoResultsAreNamed) {
  const auto reading = [&](const std::string& name) {
    return complaint([&] { Hdf5Reader file(in_directory(name)); });
  };
  std::ofstream(in_directory("empty"));
  std::ofstream(in_directory("text")) << "title = \"not HDF5\"\n";
  EXPECT_THAT(reading("missing.h5"), HasSubstr("there is no such file"));
  EXPECT_THAT(reading("."), HasSubstr("this is a directory"));
  EXPECT_THAT(reading("empty"), HasSubstr("the file is empty"));
  EXPECT_THAT(reading("text"), HasSubstr("this is not an HDF5 file"));

  Hdf5Writer writer(in_directory("whole"));
  write_result(writer);
  writer.commit();
  fs::copy_file(in_directory("whole"), in_directory("cut"));
  fs::resize_file(in_directory("cut"), fs::file_size(in_directory("whole")) / 2);
  EXPECT_THAT(reading("cut"), HasSubstr("incomplete or damaged"));
}

TEST_F(Hdf5Reading, WrongQuestionsAreAnswered) {
  Hdf5Writer writer(in_directory("r.h5"));
  write_result(writer);
  writer.commit();
  const Hdf5Reader file(in_directory("r.h5"));
  EXPECT_THAT(complaint([&] { (void)file.reals("flx"); }), HasSubstr("did you mean \"/flux\"?"));
  EXPECT_THAT(complaint([&] { (void)file.reals("provenance/source"); }), HasSubstr("does not hold numbers"));
  EXPECT_THAT(complaint([&] { (void)file.integers("flux"); }), HasSubstr("does not hold integers"));
  EXPECT_THAT(complaint([&] { (void)file.texts("flux"); }), HasSubstr("does not hold text"));
  EXPECT_THAT(complaint([&] { (void)file.real("flux"); }), HasSubstr("holds 3 values, not one"));
  EXPECT_THAT(complaint([&] { (void)file.attribute("flux", "colour"); }),
              HasSubstr("no attribute \"colour\""));
  EXPECT_FALSE(file.has("flx"));
  EXPECT_TRUE(file.has("/flux"));
}

/// Makes a file with one object by plain HDF5 calls.
void make_foreign(const std::string& path, const std::function<void(hid_t)>& fill) {
  const Hdf5Lock lock;
  const Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_EXCL, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  fill(file.id());
}

void make_stored_dataset(hid_t file, const std::function<herr_t(hid_t)>& store) {
  const hsize_t length = 4;
  const Hdf5Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose);
  const Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  ASSERT_GE(store(creation.id()), 0);
  const Hdf5Handle dataset(
      H5Dcreate2(file, "data", H5T_NATIVE_INT, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
      H5Dclose);
  ASSERT_TRUE(dataset);
}

TEST_F(Hdf5Reading, DataOutsideTheFileAndUnknownFiltersAreRefused) {
  const hsize_t length = 4;
  const std::vector<std::pair<const char*, std::function<void(hid_t)>>> hostile{
      {"link to another file",
       [](hid_t f) { H5Lcreate_external("/etc/passwd", "/", f, "out", H5P_DEFAULT, H5P_DEFAULT); }},
      {"\"/soft\" is a link",
       [](hid_t f) { H5Lcreate_soft("/nowhere", f, "soft", H5P_DEFAULT, H5P_DEFAULT); }},
      {"deeply or in a circle",
       [](hid_t f) {
         const Hdf5Handle group(H5Gcreate2(f, "g", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
         H5Lcreate_hard(f, "/g", group.id(), "again", H5P_DEFAULT, H5P_DEFAULT);
       }},
      {"has its data in another file",
       [](hid_t f) {
         make_stored_dataset(f, [](hid_t p) { return H5Pset_external(p, "/etc/passwd", 0, 16); });
       }},
      {"filter 6",
       [&](hid_t f) {
         make_stored_dataset(f, [&](hid_t p) {
           return H5Pset_chunk(p, 1, &length) < 0 ? -1 : H5Pset_scaleoffset(p, H5Z_SO_INT, 0);
         });
       }},
      {"is a virtual array",
       [&](hid_t f) {
         const Hdf5Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose);
         make_stored_dataset(
             f, [&](hid_t p) { return H5Pset_virtual(p, space.id(), "other.h5", "/x", space.id()); });
       }},
      {"more values than can be read", [](hid_t f) {
         const hsize_t huge = hsize_t{1} << 40;
         const Hdf5Handle space(H5Screate_simple(1, &huge, nullptr), H5Sclose);
         const Hdf5Handle dataset(
             H5Dcreate2(f, "x", H5T_NATIVE_DOUBLE, space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
             H5Dclose);
       }}};
  int number = 0;
  for (const auto& [message, fill] : hostile) {
    const auto path = in_directory(std::to_string(number++));
    make_foreign(path, fill);
    EXPECT_THAT(complaint([&] { Hdf5Reader file(path); }), HasSubstr(message));
  }
}

TEST_F(Hdf5Reading, ForeignTextsAndNarrowNumbersAreRead) {
  make_foreign(in_directory("f.h5"), [](hid_t f) {
    H5LTmake_dataset_string(f, "fixed", "abc");
    const float halves[2] = {0.5F, 1.5F};
    const hsize_t length = 2;
    H5LTmake_dataset_float(f, "/halves", 1, &length, halves);
    H5LTset_attribute_string(f, "/halves", "units", "m");
  });
  const Hdf5Reader file(in_directory("f.h5"));
  EXPECT_EQ(file.text("fixed"), "abc");
  EXPECT_THAT(file.reals("halves"), ElementsAre(0.5, 1.5));
  EXPECT_EQ(file.attribute("halves", "units"), Hdf5Value("m"));
  EXPECT_THAT(file.axes("halves"), ElementsAre(""));
}

}  // namespace
}  // namespace poultice::solvers
