#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.hpp"
#include "core/base/sha256.hpp"
#include "solvers/record/hdf5_file.hpp"
#include "solvers/record/result_digest.hpp"
#include "solvers/record/result_file.hpp"
#include "solvers/record/result_reader.hpp"
#include "tests/support/complaint.hpp"
#include "tests/unit/solvers/record/sample_result.hpp"

namespace poultice::solvers {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

using poultice::testing::complaint;

class ResultFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("poultice-result-" + std::to_string(::getpid()) + "-" +
                                           ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directory(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string file(const std::string& name = "run.h5") const {
    return (folder_ / name).string();
  }
  [[nodiscard]] std::string written(const std::string& name, const Result& result) const {
    write_result(result, file(name), false);
    return file(name);
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_))
      names.push_back(entry.path().filename().string());
    return names;
  }

  fs::path folder_;
};

template <class Type>
Type attribute(const Hdf5Reader& file, const std::string& object, const std::string& name) {
  return std::get<Type>(file.attribute(object, name));
}

TEST_F(ResultFileTest, TheRootHoldsCurvesProfilesHeadlinesAndEventsWithUnits) {
  const Hdf5Reader read(written("run.h5", sample_result()));
  EXPECT_THAT(read.reals("time"), ElementsAre(0.0, 1.0, 2.0));
  EXPECT_THAT(read.reals("time_profile"), ElementsAre(0.0, 2.0));
  EXPECT_THAT(read.reals("depth"), ElementsAre(0.25, 0.5, 0.75));
  EXPECT_THAT(read.reals("inside"), ElementsAre(0.0, 5.0, 4.0));
  EXPECT_THAT(read.reals("concentration"), ElementsAre(10.0, 20.0, 30.0, 11.0, 21.0, 31.0));
  EXPECT_THAT(read.at("concentration").shape, ElementsAre(2u, 3u));
  EXPECT_EQ(read.real("inside_max"), 5.0);
  EXPECT_TRUE(std::isnan(read.real("rate_time")));
  EXPECT_THAT(read.reals("event_time"), ElementsAre(1.0));
  EXPECT_THAT(read.texts("event_text"), ElementsAre("fill bath"));

  EXPECT_EQ(attribute<std::string>(read, "time", "units"), "s");
  EXPECT_EQ(attribute<std::string>(read, "depth", "units"), "m");
  EXPECT_EQ(attribute<std::string>(read, "rate", "units"), "kg/s");
  EXPECT_EQ(attribute<std::string>(read, "rate", "display_units"), "ug/h");
  EXPECT_EQ(attribute<std::string>(read, "rate", "long_name"), "rate");
  EXPECT_EQ(attribute<std::string>(read, "rate_time", "relative_to"), "inside");
  EXPECT_EQ(attribute<std::string>(read, "inside_max", "label"), "maximum");
  EXPECT_EQ(attribute<std::string>(read, "inside_max", "long_name"), "maximum: maximum of drug inside");
}

TEST_F(ResultFileTest, EveryAxisOfEveryArrayHasItsScale) {
  const Hdf5Reader read(written("run.h5", sample_result()));
  EXPECT_THAT(read.axes("inside"), ElementsAre("/time"));
  EXPECT_THAT(read.axes("concentration"), ElementsAre("/time_profile", "/depth"));
  EXPECT_THAT(read.axes("layer_of_cell"), ElementsAre("/depth"));
  EXPECT_THAT(read.axes("event_text"), ElementsAre("/event"));
  EXPECT_THAT(read.axes("provenance/value"), ElementsAre("/provenance/key"));
  const std::vector<std::string> scales{"/time",          "/time_profile", "/depth",         "/event",
                                        "/solver/moiety", "/solver/term",  "/provenance/key"};
  for (const auto& array : read.datasets()) {
    const bool is_scale = std::ranges::find(scales, array.path) != scales.end();
    EXPECT_TRUE(is_scale || !std::ranges::count(read.axes(array.path), "")) << array.path;
  }
}

TEST_F(ResultFileTest, LayersAreNumbersWithMeanings) {
  const Hdf5Reader read(written("run.h5", sample_result()));
  EXPECT_THAT(read.integers("layer_of_cell"), ElementsAre(0, 0, 1));
  EXPECT_EQ(attribute<std::string>(read, "layer_of_cell", "flag_meanings"), "upper lower");
  EXPECT_THAT(attribute<std::vector<int>>(read, "layer_of_cell", "flag_values"), ElementsAre(0, 1));
  EXPECT_EQ(attribute<std::string>(read, "concentration", "coordinates"), "layer_of_cell");
}

TEST_F(ResultFileTest, TheRootSaysWhatTheFileIsAndHowTheRunWent) {
  const auto result = sample_result();
  const Hdf5Reader read(written("run.h5", result));
  EXPECT_EQ(attribute<std::string>(read, "/", "filetype"), "poultice-run");
  EXPECT_THAT(attribute<std::vector<int>>(read, "/", "format_version"),
              ElementsAre(format_major, format_minor));
  EXPECT_EQ(attribute<std::string>(read, "/", "title"), "A bath");
  EXPECT_EQ(attribute<std::int64_t>(read, "/", "status"), 0);
  EXPECT_EQ(attribute<std::string>(read, "/", "status_text"), "ok");
  EXPECT_EQ(attribute<double>(read, "/", "mass_balance_relative_error"), 1e-13);
  EXPECT_EQ(attribute<double>(read, "/", "relative_tolerance"), 1e-6);
  EXPECT_EQ(attribute<std::string>(read, "/", "scenario_sha256"), result.scenario->hash());
  EXPECT_EQ(attribute<std::string>(read, "/", "scenario_text_sha256"),
            core::sha256_hex(result.scenario->source_text()));
  EXPECT_THAT(attribute<std::string>(read, "/", "created"), ::testing::MatchesRegex("20..-..-..T..:..:..Z"));
  EXPECT_THAT(read.attribute_names("/"), IsSupersetOf({"Conventions", "software", "git_hash", "build"}));
}

TEST_F(ResultFileTest, ProvenanceKeepsTheScenarioAndTheSourceOfEveryValue) {
  const auto result = sample_result();
  const Hdf5Reader read(written("run.h5", result));
  EXPECT_EQ(read.text("provenance/scenario_toml"), result.scenario->source_text());
  EXPECT_EQ(read.text("provenance/resolved_toml"), result.scenario->resolved_toml());
  EXPECT_EQ(read.text("provenance/overrides"), "bath.depth = 3 mm\n");

  const auto keys = read.texts("provenance/key");
  const auto row = [&](const std::string& key) {
    return static_cast<std::size_t>(std::ranges::find(keys, key) - keys.begin());
  };
  const auto area = row("bath.area"), depth = row("bath.depth"), title = row("title"),
             steps = row("solver.max_steps");
  ASSERT_LT(std::max({area, depth, title, steps}), keys.size());
  EXPECT_DOUBLE_EQ(read.reals("provenance/value")[area], 3e-4);
  EXPECT_EQ(read.texts("provenance/unit")[area], "m^2");
  EXPECT_EQ(read.texts("provenance/text")[area], "3 cm^2");
  EXPECT_EQ(read.texts("provenance/source")[area], "a book");
  EXPECT_EQ(read.texts("provenance/trust")[area], "measured");
  EXPECT_EQ(read.texts("provenance/note")[area], "by hand");
  EXPECT_EQ(read.texts("provenance/set_by")[area], "scenario");
  EXPECT_EQ(read.texts("provenance/set_by")[depth], "override");
  EXPECT_EQ(read.texts("provenance/set_by")[steps], "default");
  EXPECT_TRUE(std::isnan(read.reals("provenance/value")[title]));
  EXPECT_EQ(read.texts("provenance/text")[title], "A bath");
}

TEST_F(ResultFileTest, TheSolverSaysWhatItTook) {
  const Hdf5Reader read(written("run.h5", sample_result()));
  EXPECT_THAT(read.integers("solver/steps"), ElementsAre(7));
  EXPECT_EQ(read.real("solver/lowest_state"), -0.5);
  EXPECT_THAT(read.texts("solver/moiety"), ElementsAre("drug"));
  EXPECT_THAT(read.reals("solver/balance_error"), ElementsAre(1e-13));
}

TEST_F(ResultFileTest, NoFolderOfTheUserIsWritten) {
  std::ifstream stream(written("run.h5", sample_result()), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  EXPECT_THAT(bytes, Not(HasSubstr("somebody")));
  EXPECT_THAT(bytes, Not(HasSubstr(folder_.string())));
}

TEST_F(ResultFileTest, WithoutEventsAxesAndHeadlinesTheRestIsWritten) {
  auto result = sample_result();
  result.record.events.clear();
  result.axes.clear();
  result.probes.pop_back();
  result.headlines.clear();
  const Hdf5Reader read(written("run.h5", result));
  EXPECT_FALSE(read.has("event_time"));
  EXPECT_FALSE(read.has("time_profile"));
  EXPECT_TRUE(read.has("inside"));
  EXPECT_THAT(ResultFile(file()).headlines(), IsEmpty());
}

TEST_F(ResultFileTest, ALongProfileIsDeflatedAndReadsBack) {
  auto result = sample_result();
  auto& record = result.record;
  record.profile_times.assign(10'000, 0.0);
  for (std::size_t i = 0; i < record.profile_times.size(); ++i)
    record.profile_times[i] = static_cast<double>(i);
  record.samples.back() = core::LaneArray(30'000, 1, 0.5);
  record.samples.back()(29'999, 0) = 7.0;
  const Hdf5Reader read(written("run.h5", result));
  EXPECT_EQ(read.reals("concentration").back(), 7.0);
  EXPECT_LT(fs::file_size(file()), 30'000 * sizeof(double));
}

TEST_F(ResultFileTest, TheReaderSumsTheRunUp) {
  const ResultFile read(written("run.h5", sample_result()));
  EXPECT_EQ(read.title(), "A bath");
  EXPECT_EQ(read.status(), 0);
  EXPECT_EQ(read.status_text(), "ok");
  EXPECT_THAT(read.software(), HasSubstr("poultice "));
  EXPECT_EQ(read.major(), format_major);
  EXPECT_EQ(read.minor(), format_minor);
  EXPECT_THAT(read.scenario_toml(), HasSubstr("title = \"A bath\"  # µ"));
  ASSERT_EQ(read.headlines().size(), 2u);
  EXPECT_EQ(read.headlines()[0].name, "inside_max");
  EXPECT_EQ(read.headlines()[0].label, "maximum");
  EXPECT_EQ(read.headlines()[0].value, 5.0);
  EXPECT_EQ(read.headlines()[0].unit, "kg");
  EXPECT_EQ(read.headlines()[0].display_unit, "ug");
}

TEST_F(ResultFileTest, ANewerMajorFormatIsRefusedAndANewerMinorIsRead) {
  const auto written_in = [&](const std::string& name, int major, int minor) {
    Hdf5Writer other(file(name));
    other.attribute("/", {"filetype", "poultice-run"});
    other.attribute("/", {"software", "poultice 9.8.7"});
    other.attribute("/", {"format_version", std::vector<int>{major, minor}});
    other.commit();
    return file(name);
  };
  EXPECT_EQ(ResultFile(written_in("minor.h5", format_major, format_minor + 7)).minor(), format_minor + 7);
  const auto newer = written_in("major.h5", format_major + 1, 0);
  EXPECT_THAT(complaint([&] { ResultFile{newer}; }),
              AllOf(HasSubstr("format 2.0"), HasSubstr("poultice 9.8.7")));
  EXPECT_THAT(complaint([&] { (void)digest(newer); }), HasSubstr("format 2.0"));
}

TEST_F(ResultFileTest, OtherFilesAreRefused) {
  Hdf5Writer other(file("other.h5"));
  other.scalar("x", 1.0);
  other.commit();
  EXPECT_THAT(complaint([&] { ResultFile{file("other.h5")}; }), HasSubstr("not a result of Poultice"));
  Hdf5Writer nameless(file("nameless.h5"));
  nameless.attribute("/", {"filetype", "poultice-run"});
  nameless.commit();
  EXPECT_THAT(complaint([&] { ResultFile{file("nameless.h5")}; }), HasSubstr("does not say which format"));
  std::ofstream(file("text.h5")) << "not HDF5";
  EXPECT_THAT(complaint([&] { ResultFile{file("text.h5")}; }), HasSubstr("not an HDF5 file"));
}

TEST_F(ResultFileTest, TheDigestSeesNumbersAndNotHowTheyWereComeBy) {
  const auto result = sample_result();
  const auto first = digest(written("a.h5", result));
  auto other_way = result;
  other_way.record.wall_seconds = 99.0;
  other_way.record.work.steps = 8;
  other_way.record.lowest_state = 0.0;
  other_way.moieties = {"something"};
  other_way.probes[0].long_name = "said otherwise";
  EXPECT_EQ(digest(written("b.h5", other_way)), first);
  EXPECT_THAT(first, ::testing::MatchesRegex("[0-9a-f]{64}"));
}

TEST_F(ResultFileTest, TheDigestChangesWithAnyNumberNameShapeOrText) {
  const auto base = sample_result();
  std::vector<std::string> digests{digest(written("base.h5", base))};
  const auto changed = [&](const std::function<void(Result&)>& change) {
    auto result = base;
    change(result);
    const auto own = digest(written(std::to_string(digests.size()) + ".h5", result));
    EXPECT_THAT(digests, Not(Contains(own))) << "change " << digests.size();
    digests.push_back(own);
  };
  changed([](Result& r) { r.record.samples[0](1, 0) = std::nextafter(5.0, 6.0); });
  changed([](Result& r) { r.record.headlines(0, 0) = 6.0; });
  changed([](Result& r) { r.record.times[1] = 1.5; });
  changed([](Result& r) { r.probes[0].name = "insides"; });
  changed([](Result& r) { r.record.events[0].text = "fill baths"; });
  changed([](Result& r) { r.axes[0].labels = {"upper", "lower", "lower"}; });
  changed([](Result& r) {
    r.record.times.pop_back();
    for (int i : {0, 1}) r.record.samples[static_cast<std::size_t>(i)] = core::LaneArray(2, 1, 1.0);
  });
}

TEST_F(ResultFileTest, AnExistingFileIsRefusedUnlessItMayBeOverwritten) {
  std::ofstream(file()) << "precious";
  EXPECT_THAT(complaint([&] { write_result(sample_result(), file(), false); }), HasSubstr("exists already"));
  EXPECT_THAT(complaint([&] { check_output(file(), false); }), HasSubstr("exists already"));
  EXPECT_EQ(fs::file_size(file()), 8u);
  EXPECT_THAT(names(), ElementsAre("run.h5"));
  EXPECT_EQ(complaint([&] { check_output(file(), true); }), "done");
  write_result(sample_result(), file(), true);
  EXPECT_EQ(ResultFile(file()).title(), "A bath");
  EXPECT_THAT(names(), ElementsAre("run.h5"));
}

TEST_F(ResultFileTest, AskingWhetherAFileMayBeWrittenCreatesNothing) {
  EXPECT_EQ(complaint([&] { check_output(file(), false); }), "done");
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(ResultFileTest, PlacesThatCannotBeWrittenAreRefused) {
  EXPECT_THAT(complaint([&] { check_output(file("no/such/folder.h5"), false); }), HasSubstr("directory"));
  EXPECT_THAT(complaint([&] { check_output(folder_, true); }), HasSubstr("is a directory"));
  EXPECT_THAT(complaint([&] { check_output("/dev/null", true); }), HasSubstr("device"));
  if (::geteuid() == 0) return;  // root may write everywhere
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_THAT(complaint([&] { write_result(sample_result(), file(), false); }),
              HasSubstr("may not be written"));
  fs::permissions(folder_, fs::perms::owner_all);
}

/// Writes the file in a process of its own whose files may not grow beyond `limit` [bytes], as on a full
/// disk. 0: written; 1: refused with a FileError; 2: anything else.
int write_with_room(const Result& result, const std::string& file, rlim_t limit) {
  const auto child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit room{limit, limit};
    ::setrlimit(RLIMIT_FSIZE, &room);
    int code = 0;
    try {
      write_result(result, file, false);
    } catch (const core::FileError&) {
      code = 1;
    } catch (...) {
      code = 2;
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

TEST_F(ResultFileTest, AFullDiskLeavesNothingBehind) {
  const auto result = sample_result();
  const auto size = fs::file_size(written("whole.h5", result));
  fs::remove(file("whole.h5"));
  for (const double part : {0.0, 0.1, 0.5, 0.9, 0.999}) {
    const auto room = static_cast<rlim_t>(part * static_cast<double>(size));
    EXPECT_EQ(write_with_room(result, file(), room), 1) << "room for " << room << " of " << size << " bytes";
    EXPECT_THAT(names(), IsEmpty());
  }
  // While it grows, the file is a little larger than in the end.
  EXPECT_EQ(write_with_room(result, file(), 2 * size), 0);
}

}  // namespace
}  // namespace poultice::solvers
