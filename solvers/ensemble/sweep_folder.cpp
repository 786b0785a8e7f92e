#include "solvers/ensemble/sweep_folder.hpp"

#include <algorithm>
#include <cstdint>
#include <variant>

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "solvers/ensemble/sweep_file.hpp"
#include "solvers/record/file_format.hpp"
#include "solvers/record/hdf5_reader.hpp"
#include "solvers/record/result_file.hpp"

namespace poultice::solvers {
namespace {

namespace fs = std::filesystem;
using core::Index;

Index whole_number(const Hdf5Reader& file, const char* name) {
  const auto value = file.has_attribute("/", name) ? file.attribute("/", name) : Hdf5Value{};
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr)
    throw core::FileError(file.path(), fmt::format("this piece of a sweep has no {}", name),
                          "it is no piece that \"poultice sweep run\" has written; move it elsewhere");
  return static_cast<Index>(*number);
}

Piece read_piece(const fs::path& path, const Plan& plan) {
  const Hdf5Reader file(path.string());
  (void)read_format(file, {sweep_filetype});
  if (text_attribute(file, "/", "plan_sha256") != plan.hash)
    throw core::FileError(path.string(), "this piece belongs to another plan",
                          "move it elsewhere, and run what is missing: poultice sweep run --resume");
  Piece piece{.file = path,
              .shard = whole_number(file, "shard"),
              .first_block = whole_number(file, "first_block"),
              .end_block = whole_number(file, "end_block"),
              .n_members = static_cast<Index>(file.at("run").shape.front()),
              .n_failed = whole_number(file, "n_failed"),
              .seconds = std::get<double>(file.attribute("/", "cpu_seconds"))};
  const bool is_of_plan =
      0 <= piece.first_block && piece.first_block < piece.end_block && piece.end_block <= plan.n_blocks() &&
      piece.n_members == plan.block_begin[static_cast<std::size_t>(piece.end_block)] -
                             plan.block_begin[static_cast<std::size_t>(piece.first_block)];
  if (!is_of_plan)
    throw core::FileError(path.string(), "this piece does not hold the blocks that it names",
                          "it is damaged; move it elsewhere, and run: poultice sweep run --resume");
  return piece;
}

}  // namespace

void SweepFolder::create() const {
  for (const auto& folder : {folder_, shards(), log()}) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
      throw core::FileError(folder.string(), fmt::format("the folder cannot be made: {}", error.message()),
                            "choose another place");
  }
}

void SweepFolder::write_piece(const Plan& plan, Index first_block, Index end_block, const Rows& rows) const {
  const Index shard = shard_of(plan, first_block);
  const Index first_in_shard = first_block - plan.shard_begin[static_cast<std::size_t>(shard)];
  const auto path = shards() / fmt::format("{:04}-{:05}.h5", shard, first_in_shard);
  if (fs::exists(path))
    throw core::FileError(path.string(), "another process has run this part meanwhile",
                          "let it finish; then run what is missing: poultice sweep run --resume");
  SweepFile file(path.string(), plan, rows.members,
                 {{"shard", std::int64_t{shard}},
                  {"first_block", std::int64_t{first_block}},
                  {"end_block", std::int64_t{end_block}},
                  {"n_failed", std::int64_t{rows.n_failed()}},
                  {"cpu_seconds", rows.seconds},
                  {"steps", std::int64_t{rows.steps}}},
                 0, false);
  std::vector<std::int64_t> failed;
  std::vector<std::string> why;
  for (std::size_t i = 0; i < rows.status.size(); ++i)
    if (rows.status[i] != 0) {
      failed.push_back(rows.members[i]);
      why.push_back(rows.status_text[i]);
    }
  file.put_status(rows.status, failed, why);
  const auto arrays = stacked_arrays(plan.layout);
  for (std::size_t i = 0; i < arrays.size(); ++i) file.put(arrays[i], 0, array_of(rows, i));
  file.commit();
}

std::vector<Piece> SweepFolder::pieces(const Plan& plan) const {
  std::vector<Piece> pieces;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(shards(), error))
    if (entry.path().extension() == ".h5") pieces.push_back(read_piece(entry.path(), plan));
  if (error)
    throw core::FileError(shards().string(), fmt::format("the folder cannot be read: {}", error.message()),
                          "name the folder that \"poultice sweep plan\" has made");
  std::ranges::sort(pieces, {}, [](const Piece& piece) { return std::pair(piece.first_block, piece.file); });
  return pieces;
}

void SweepFolder::remove_left_overs() const {
  std::error_code ignored;
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(shards(), ignored))
    if (entry.path().filename().string().find(".h5.part-") != std::string::npos) left.push_back(entry.path());
  for (const auto& path : left) fs::remove(path, ignored);
}

std::vector<bool> blocks_done(const Plan& plan, const std::vector<Piece>& pieces) {
  std::vector<bool> done(static_cast<std::size_t>(plan.n_blocks()), false);
  for (const auto& piece : pieces)
    std::fill(done.begin() + piece.first_block, done.begin() + piece.end_block, true);
  return done;
}

Index shard_of(const Plan& plan, Index block) {
  return std::upper_bound(plan.shard_begin.begin(), plan.shard_begin.end(), block) -
         plan.shard_begin.begin() - 1;
}

}  // namespace poultice::solvers
