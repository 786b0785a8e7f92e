#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.hpp"
#include "core/scenario/data_library.hpp"

namespace poultice::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::array embedded{
    EmbeddedFile{"drugs/fentanyl.toml", "inside"}, EmbeddedFile{"drugs/caffeine.toml", "inside"},
    EmbeddedFile{"drugs/README.md", "no set"}, EmbeddedFile{"sites/chest.toml", "inside"}};

/// A folder with sets of its own, and POULTICE_DATA pointing at it.
class Library : public ::testing::Test {
 protected:
  Library() {
    std::filesystem::create_directories(folder_ / "drugs");
    write("drugs/fentanyl.toml", "outside");
    write("drugs/nicotine.toml", "outside");
    write("mine.toml", "beside");
    setenv("POULTICE_DATA", ("/no/such/folder::" + folder_.string()).c_str(), 1);
  }
  ~Library() override {
    unsetenv("POULTICE_DATA");
    std::filesystem::remove_all(folder_);
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      ("library_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(Library, prefers_the_users_folders_to_its_own_files) {
  const DataLibrary library(embedded);
  const auto file = library.find("drugs", "fentanyl", "");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text, "outside");
  EXPECT_EQ(file->name, (folder_ / "drugs" / "fentanyl.toml").string());
}

TEST_F(Library, falls_back_on_its_own_files) {
  const auto file = DataLibrary(embedded).find("drugs", "caffeine", "");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text, "inside");
  EXPECT_EQ(file->name, "drugs/caffeine.toml");
}

TEST_F(Library, reads_a_path_from_the_folder_of_the_scenario) {
  const auto file = DataLibrary(embedded).find("drugs", "mine.toml", folder_);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text, "beside");
  EXPECT_FALSE(DataLibrary(embedded).find("drugs", "mine.toml", "/no/such/folder"));
  EXPECT_TRUE(DataLibrary(embedded).find("drugs", (folder_ / "mine.toml").string(), "/no/such/folder"));
}

TEST_F(Library, finds_nothing_under_other_names) {
  const DataLibrary library(embedded);
  EXPECT_FALSE(library.find("drugs", "chest", ""));
  EXPECT_FALSE(library.find("drugs", "", ""));
  EXPECT_FALSE(library.find("sites", "../drugs/fentanyl", ""));
}

TEST_F(Library, cannot_read_a_folder_that_is_named_like_a_set) {
  std::filesystem::create_directories(folder_ / "drugs" / "folder.toml");
  EXPECT_THROW(static_cast<void>(DataLibrary(embedded).find("drugs", "folder", "")), FileError);
}

TEST_F(Library, lists_the_names_of_both_once_and_sorted) {
  EXPECT_THAT(DataLibrary(embedded).names("drugs"), ElementsAre("caffeine", "fentanyl", "nicotine"));
  EXPECT_THAT(DataLibrary(embedded).names("sites"), ElementsAre("chest"));
  EXPECT_THAT(DataLibrary(embedded).names("patches"), IsEmpty());
}

TEST_F(Library, holds_nothing_of_its_own_accord) { EXPECT_THAT(DataLibrary().names("drugs"), IsEmpty()); }

}  // namespace
}  // namespace poultice::core
