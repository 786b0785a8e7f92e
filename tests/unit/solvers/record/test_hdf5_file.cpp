#include <bit>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.hpp"
#include "solvers/record/hdf5_file.hpp"
#include "tests/support/complaint.hpp"
#include "tests/unit/solvers/record/hdf5_files.hpp"

namespace poultice::solvers {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory))
    names.push_back(entry.path().filename().string());
  return names;
}

using poultice::testing::complaint;
using testing::ramp;
using testing::time;
using testing::write_result;

class Hdf5File : public testing::Hdf5Test {};

TEST_F(Hdf5File, WhatIsWrittenIsReadBack) {
  const auto path = in_directory("r.h5");
  Hdf5Writer writer(path);
  write_result(writer);
  writer.commit();
  EXPECT_THAT(names_in(directory_), ElementsAre("r.h5"));

  const Hdf5Reader file(path);
  std::vector<std::string> paths;
  for (const auto& dataset : file.datasets()) paths.push_back(dataset.path);
  EXPECT_THAT(paths, ElementsAre("/concentration", "/depth", "/flux", "/layer_of_cell", "/provenance/key",
                                 "/provenance/scenario", "/provenance/source", "/provenance/value",
                                 "/solver/rtol", "/solver/steps", "/solver/when", "/time"));
  EXPECT_THAT(file.groups(), ElementsAre("/provenance", "/solver"));
  EXPECT_EQ(file.reals("time"), time);
  EXPECT_EQ(file.reals("/concentration"), ramp(12));
  EXPECT_THAT(file.at("concentration").shape, ElementsAre(3, 4));
  EXPECT_THAT(file.axes("concentration"), ElementsAre("/time", "/depth"));
  EXPECT_THAT(file.axes("solver/when"), ElementsAre("/time"));
  EXPECT_THAT(file.axes("provenance/source"), ElementsAre("/provenance/key"));
  EXPECT_THAT(file.at("solver/rtol").shape, IsEmpty());
  EXPECT_EQ(file.at("layer_of_cell").kind, Hdf5Dataset::Kind::integer);
  EXPECT_THAT(file.reals("layer_of_cell"), ElementsAre(0.0, 0.0, 1.0, 2.0));
  EXPECT_THAT(file.integers("solver/steps"), ElementsAre(9'007'199'254'740'993));
  EXPECT_EQ(file.real("solver/rtol"), 1e-6);
  EXPECT_EQ(file.text("provenance/scenario"), "title = \"\xC2\xB5\"\r\n\n");
  EXPECT_THAT(file.texts("provenance/source"), ElementsAre("", "doi:10.1000/1"));
  EXPECT_THAT(file.attribute_names("/"),
              ElementsAre("format_version", "mass_balance_relative_error", "seed", "title"));
  EXPECT_EQ(file.attribute("/", "title"), Hdf5Value("A patch on \xC2\xB5-skin"));
  EXPECT_EQ(file.attribute("/", "seed"), Hdf5Value(std::int64_t{1} << 60));
  EXPECT_EQ(file.attribute("/", "mass_balance_relative_error"), Hdf5Value(3e-14));
  EXPECT_EQ(file.attribute("/", "format_version"), Hdf5Value(std::vector<int>{1, 0}));
  EXPECT_EQ(file.attribute("solver", "integrator"), Hdf5Value("cvode"));
  EXPECT_THAT(file.attribute_names("time"), ElementsAre("long_name", "units"));
  EXPECT_TRUE(file.has_attribute("flux", "units"));
  EXPECT_FALSE(file.has_attribute("flux", "colour"));
}

TEST_F(Hdf5File, EqualContentGivesEqualBytes) {
  const auto bytes_of = [&](const std::string& name) {
    Hdf5Writer writer(in_directory(name));
    write_result(writer);
    writer.commit();
    std::ifstream in(in_directory(name), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  EXPECT_EQ(bytes_of("a.h5"), bytes_of("b.h5"));
}

TEST_F(Hdf5File, EveryGroupTracksTheOrderOfCreation) {
  Hdf5Writer writer(in_directory("r.h5"));
  writer.group("z/y");
  writer.scalar("a/b/c", 1.0);
  writer.commit();
  const Hdf5Lock lock;
  const Hdf5Handle file(H5Fopen(in_directory("r.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  for (const auto* path : {"/", "/z", "/z/y", "/a", "/a/b"}) {
    const Hdf5Handle group(H5Gopen2(file.id(), path, H5P_DEFAULT), H5Gclose);
    const Hdf5Handle creation(H5Gget_create_plist(group.id()), H5Pclose);
    unsigned flags = 0;
    ASSERT_GE(H5Pget_link_creation_order(creation.id(), &flags), 0);
    EXPECT_EQ(flags, unsigned{H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED}) << path;
  }
}

TEST_F(Hdf5File, ChunkedArraysAreShuffledAndDeflated) {
  Hdf5Writer writer(in_directory("r.h5"));
  writer.scale("x", ramp(20000));
  writer.dataset("flat", std::vector<double>(20000, 1.0), {"x"}, {}, {4096});
  writer.commit();
  EXPECT_LT(fs::file_size(in_directory("r.h5")), 200000u);  // two plain arrays would take 320000
  EXPECT_EQ(Hdf5Reader(in_directory("r.h5")).reals("flat"), std::vector<double>(20000, 1.0));
}

TEST_F(Hdf5File, EmptyAxesAndLongTextsAreKept) {
  const std::string text(200'000, 'x');
  Hdf5Writer writer(in_directory("r.h5"));
  writer.scale("event", std::vector<double>{});
  writer.dataset("amount", std::vector<double>{}, {"event"}, {}, {10});
  writer.dataset("what", std::vector<std::string>{}, {"event"});
  writer.scalar("text", text);
  writer.scalar("nothing", std::string());
  writer.attribute("/", {"none", std::vector<int>{}});
  writer.commit();
  const Hdf5Reader file(in_directory("r.h5"));
  EXPECT_THAT(file.reals("amount"), IsEmpty());
  EXPECT_THAT(file.texts("what"), IsEmpty());
  EXPECT_EQ(file.text("text"), text);
  EXPECT_EQ(file.text("nothing"), "");
  EXPECT_EQ(file.attribute("/", "none"), Hdf5Value(std::vector<int>{}));
}

TEST_F(Hdf5File, ManyArraysMayShareAScaleThatHasManyAttributes) {
  Hdf5Writer writer(in_directory("r.h5"));
  Hdf5Attributes attributes;
  for (int i = 0; i < 20; ++i) attributes.push_back({"note" + std::to_string(i), "text"});
  writer.scale("time", time, attributes);
  for (int i = 0; i < 300; ++i) writer.dataset("v" + std::to_string(i), time, {"time"}, attributes);
  writer.commit();
  const Hdf5Reader file(in_directory("r.h5"));
  EXPECT_THAT(file.axes("v299"), ElementsAre("/time"));
  EXPECT_EQ(file.attribute_names("time").size(), 20u);
}

TEST_F(Hdf5File, StacksAreFilledRowsByRows) {
  Hdf5Writer writer(in_directory("r.h5"));
  writer.scale("run", ramp(5));
  writer.scale("time", time);
  const std::vector<std::vector<std::size_t>> chunks{{}, {2, 3}};
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const auto name = "s" + std::to_string(i);
    writer.stack(name, {"run", "time"}, {{"units", "kg"}}, chunks[i], 4);
    const auto all = ramp(15);
    writer.rows(name, 3, std::span(all).subspan(9));
    writer.rows(name, 0, std::span(all).first(9));
    writer.rows(name, 5, {});
  }
  writer.commit();
  const Hdf5Reader file(in_directory("r.h5"));
  for (const auto* name : {"s0", "s1"}) {
    EXPECT_EQ(file.reals(name), ramp(15));
    EXPECT_THAT(file.axes(name), ElementsAre("/run", "/time"));
    EXPECT_THAT(file.rows(name, 4, 1), ElementsAre(ramp(15)[12], ramp(15)[13], ramp(15)[14]));
    EXPECT_THAT(file.rows(name, 5, 0), IsEmpty());
    EXPECT_THAT(complaint([&] { (void)file.rows(name, 4, 2); }), HasSubstr("no rows 4 to 6"));
  }
  EXPECT_EQ(file.attribute("s0", "units"), Hdf5Value("kg"));
}

TEST_F(Hdf5File, DeflatedStacksHoldEveryBitHoweverTheyAreFilled) {
  // Chunks of 4,096 rows, of which some are filled whole, some in parts, and the last reaches beyond the end.
  // One column rises smoothly, one looks random down to the sign, one is constant: each plane of bytes both
  // ways.
  constexpr std::size_t n = 10'000;
  std::vector<double> all;
  std::uint64_t bits = 1;
  for (std::size_t row = 0; row < n; ++row) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    const double random = std::bit_cast<double>(bits);
    all.insert(all.end(), {std::sqrt(static_cast<double>(row)), std::isnan(random) ? 0.0 : random, 1.0});
  }
  const auto rows = [&](std::size_t first, std::size_t end) {
    return std::span(all).subspan(3 * first, 3 * (end - first));
  };
  {
    Hdf5Writer writer(in_directory("r.h5"));
    writer.scale("run", ramp(n));
    writer.scale("time", time);
    for (const auto* name : {"at_once", "in_parts"})
      writer.stack(name, {"run", "time"}, {}, std::vector<std::size_t>{4096, 3}, 1);
    writer.rows("at_once", 0, all);
    writer.rows("in_parts", 9'000, rows(9'000, n));
    writer.rows("in_parts", 0, rows(0, 5'000));
    writer.rows("in_parts", 5'000, rows(5'000, 9'000));
    writer.commit();
  }
  const Hdf5Reader file(in_directory("r.h5"));
  EXPECT_EQ(file.reals("at_once"), all);
  EXPECT_EQ(file.reals("in_parts"), all);
  EXPECT_LT(std::filesystem::file_size(in_directory("r.h5")), 3 * 2 * n * sizeof(double));
}

TEST_F(Hdf5File, NothingIsLeftWithoutCommit) {
  {
    Hdf5Writer writer(in_directory("r.h5"));
    writer.scale("time", time);
    ASSERT_EQ(names_in(directory_).size(), 1u);
    EXPECT_THAT(names_in(directory_).front(), HasSubstr("r.h5.part-" + std::to_string(::getpid()) + "-"));
  }
  EXPECT_THAT(names_in(directory_), IsEmpty());
}

TEST_F(Hdf5File, AnExistingFileIsRefusedAndKept) {
  std::ofstream(in_directory("r.h5")) << "mine";
  EXPECT_THAT(complaint([&] { Hdf5Writer writer(in_directory("r.h5")); }), HasSubstr("exists already"));
  std::ifstream in(in_directory("r.h5"));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "mine");
}

TEST_F(Hdf5File, AFileThatAppearsMeanwhileIsKept) {
  Hdf5Writer writer(in_directory("r.h5"));
  std::ofstream(in_directory("r.h5")) << "mine";
  EXPECT_THAT(complaint([&] { writer.commit(); }), HasSubstr("exists already"));
  EXPECT_THAT(names_in(directory_), ElementsAre("r.h5"));
  EXPECT_EQ(fs::file_size(in_directory("r.h5")), 4u);
}

TEST_F(Hdf5File, MayBeOverwrittenWhenAllowedAndOnlyByCommit) {
  std::ofstream(in_directory("r.h5")) << "old";
  { Hdf5Writer writer(in_directory("r.h5"), true); }
  EXPECT_EQ(fs::file_size(in_directory("r.h5")), 3u);
  Hdf5Writer writer(in_directory("r.h5"), true);
  writer.scalar("x", 2.0);
  writer.commit();
  EXPECT_EQ(Hdf5Reader(in_directory("r.h5")).real("x"), 2.0);
  EXPECT_THAT(names_in(directory_), ElementsAre("r.h5"));
}

TEST_F(Hdf5File, PlacesThatCannotBeWrittenAreNamed) {
  EXPECT_THAT(complaint([&] { Hdf5Writer writer(in_directory("no/r.h5")); }), HasSubstr("mkdir -p"));
  EXPECT_THAT(complaint([&] { Hdf5Writer writer(directory_.string()); }), HasSubstr("this is a directory"));
  EXPECT_THAT(complaint([&] { Hdf5Writer writer(""); }), HasSubstr("needs a name"));
  std::ofstream(in_directory("file")) << "x";
  EXPECT_THAT(complaint([&] { Hdf5Writer writer(in_directory("file/r.h5")); }), HasSubstr("directory"));
  EXPECT_THAT(complaint([&] { Hdf5Writer writer("/proc/r.h5"); }), HasSubstr("/proc/r.h5"));
}

TEST_F(Hdf5File, ADirectoryWithoutWritePermissionIsRefused) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::permissions(directory_, fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_THAT(complaint([&] { Hdf5Writer writer(in_directory("r.h5")); }), HasSubstr("may not be written"));
  fs::permissions(directory_, fs::perms::owner_all);
}

TEST_F(Hdf5File, AFailureIsKeptAndCommitRefuses) {
  const std::vector<std::pair<const char*, std::function<void(Hdf5Writer&)>>> mistakes{
      {"12 values do not fill its axes, which take 9",
       [](auto& w) {
         w.dataset("c", ramp(12), {"time", "time"});
       }},
      {"there is no scale \"width\"", [](auto& w) { w.dataset("c", time, {"width"}); }},
      {"\"plain\" is not a scale", [](auto& w) { w.dataset("c", time, {"plain"}); }},
      {"its chunk has another number of axes",
       [](auto& w) {
         w.dataset("c", time, {"time"}, {}, {1, 1});
       }},
      {"writing \"time\" failed", [](auto& w) { w.scalar("time", 1.0); }},
      {"it has no name", [](auto& w) { w.scalar("/", 1.0); }},
      {"a text holds a zero byte", [](auto& w) { w.scalar("t", std::string("a\0b", 3)); }},
      {"holds a zero byte",
       [](auto& w) {
         w.attribute("/", {"t", std::string("a\0b", 3)});
       }},
      {"writing the attribute \"a\" of \"nowhere\" failed",
       [](auto& w) {
         w.attribute("nowhere", {"a", 1.0});
       }},
      {"writing the group \"time/x\" failed", [](auto& w) { w.group("time/x"); }},
      {"there is no such stack", [](auto& w) { w.rows("plain", 0, time); }},
      {"it has no name or no axis", [](auto& w) { w.stack("s", {}); }},
      {"4 values are no rows of it from 0 on",
       [](auto& w) {
         w.stack("s", {"time"});
         w.rows("s", 0, ramp(4));
       }},
      {"1 values are no rows of it from 3 on", [](auto& w) {
         w.stack("s", {"time"});
         w.rows("s", 3, ramp(1));
       }}};
  for (const auto& [message, mistake] : mistakes) {
    Hdf5Writer writer(in_directory("r.h5"));
    writer.scale("time", time);
    writer.scalar("plain", 1.0);
    EXPECT_THAT(complaint([&] { mistake(writer); }), HasSubstr(message));
    EXPECT_THAT(complaint([&] { writer.scalar("later", 1.0); }), HasSubstr(message));
    EXPECT_THAT(complaint([&] { writer.commit(); }), HasSubstr(message));
    EXPECT_THAT(names_in(directory_), IsEmpty()) << message;
  }
}

/// Runs `action` in a child whose files may not grow beyond `limit` bytes. 0: done, 10: FileError.
int outcome_with_file_limit(rlim_t limit, const std::function<void()>& action) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);  // write() then fails with EFBIG, as it fails with ENOSPC on a full disk
    const rlimit file_size{limit, limit};
    ::setrlimit(RLIMIT_FSIZE, &file_size);
    int outcome = 0;
    try {
      action();
    } catch (const core::FileError& error) {
      outcome = std::string(error.what()).find("free space") != std::string::npos ? 10 : 11;
    } catch (...) {
      outcome = 12;
    }
    std::exit(outcome);  // not _exit: what HDF5 does at exit after a failure is on trial too
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(Hdf5File, AFullDiskLeavesNothingBehindWhereverItStrikes) {
  const auto path = in_directory("r.h5");
  const auto stacked = ramp(9000);
  const auto write = [&] {
    Hdf5Writer writer(path);
    write_result(writer);
    writer.scale("run", ramp(3000));
    writer.dataset("big", ramp(9000), {"time", "run"});
    writer.dataset("packed", ramp(9000), {"time", "run"}, {}, {1, 500});
    writer.stack("stack", {"run", "time"});
    for (std::size_t first = 0; first < 3000; first += 1000)
      writer.rows("stack", first, std::span(stacked).subspan(3 * first, 3000));
    writer.commit();
  };
  write();
  const auto full = fs::file_size(path);
  fs::remove(path);

  int refused = 0;
  for (rlim_t limit = 0; limit <= full + 4096; limit += full / 61) {
    const int outcome = outcome_with_file_limit(limit, write);
    if (outcome == 0) {
      EXPECT_EQ(Hdf5Reader(path).reals("packed"), ramp(9000)) << limit;
      EXPECT_EQ(Hdf5Reader(path).reals("big"), ramp(9000)) << limit;
      EXPECT_EQ(Hdf5Reader(path).reals("stack"), stacked) << limit;
      fs::remove(path);
    } else {
      EXPECT_EQ(outcome, 10) << limit;
      ++refused;
    }
    EXPECT_THAT(names_in(directory_), IsEmpty()) << limit;
  }
  EXPECT_GT(refused, 50);
  EXPECT_EQ(outcome_with_file_limit(full - 1, write), 10);
  EXPECT_THAT(names_in(directory_), IsEmpty());
}

TEST_F(Hdf5File, AFailureThatTheCallerSwallowsStillStopsTheCommit) {
  const auto path = in_directory("r.h5");
  const int outcome = outcome_with_file_limit(100'000, [&] {
    Hdf5Writer writer(path);
    try {
      writer.scale("too_long", ramp(40'000));
    } catch (const core::FileError&) {
      writer.commit();
    }
  });
  EXPECT_EQ(outcome, 11);  // commit() refused, and said that the file was given up
  EXPECT_THAT(names_in(directory_), IsEmpty());
}

TEST_F(Hdf5File, ThreadsMayWriteDifferentFiles) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      Hdf5Writer writer(in_directory(std::to_string(t)));
      write_result(writer);
      writer.commit();
    });
  for (auto& thread : threads) thread.join();
  for (int t = 0; t < 4; ++t) EXPECT_EQ(Hdf5Reader(in_directory(std::to_string(t))).reals("time"), time);
}

}  // namespace
}  // namespace poultice::solvers
