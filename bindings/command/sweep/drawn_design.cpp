#include "bindings/command/sweep/drawn_design.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.hpp"
#include "core/study/csv.hpp"

namespace poultice::bindings {
namespace {

namespace fs = std::filesystem;

constexpr const char* drawing_program = "poultice-draw";
constexpr int is_not_there = 127;

/// In the child: becomes the drawing program, the one beside this program or else on PATH.
[[noreturn]] void become_drawing_program(const char* beside, char* const* arguments) {
  ::execv(beside, arguments);
  ::execvp(drawing_program, arguments);
  ::_exit(is_not_there);
}

core::ScenarioError cannot_draw(const core::Study& study, const std::string& why, const std::string& hint) {
  auto problem = study.distributions().front().place.problem("sweep.distributions", why);
  problem.hint = hint;
  return core::ScenarioError(std::move(problem));
}

/// What the drawing program printed.
std::string printed_draws(const core::Study& study, const std::string& file,
                          const std::vector<std::string>& settings) {
  std::error_code error;
  const auto beside = (fs::read_symlink("/proc/self/exe", error).parent_path() / drawing_program).string();
  std::vector<std::string> words{drawing_program, file};
  for (const auto& setting : settings) words.insert(words.end(), {"--set", setting});
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw cannot_draw(study, fmt::format("{} cannot be started: {}", drawing_program, std::strerror(errno)),
                      "");
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    become_drawing_program(beside.c_str(), arguments.data());
  }
  ::close(ends[1]);
  std::string text;
  std::array<char, 65536> buffer{};
  while (child > 0) {
    const auto n = ::read(ends[0], buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  ::close(ends[0]);
  int status = -1;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
  if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == is_not_there)
    throw cannot_draw(
        study,
        fmt::format(
            "members are drawn by the Python package, and {} is neither beside this program nor on PATH",
            drawing_program),
        "pip install 'poultice[sweep]'; or list the members in a CSV file: [sweep] table = \"members.csv\"");
  throw cannot_draw(study, fmt::format("{} could not draw the members", drawing_program),
                    "see what it says above");
}

}  // namespace

std::vector<core::DesignColumn> drawn_columns(const core::Study& study, const std::string& csv) {
  core::ProblemList problems;
  const auto records = core::read_csv(csv, drawing_program, problems);
  const auto& distributions = study.distributions();
  const auto damaged = [&] {
    return cannot_draw(study, fmt::format("what {} has printed cannot be read", drawing_program),
                       "program and Python package must be of one version: poultice version");
  };
  if (records.empty() || records.front().size() != distributions.size()) throw damaged();
  std::vector<core::DesignColumn> columns;
  for (std::size_t c = 0; c < distributions.size(); ++c) {
    core::DesignColumn column{.path = records.front()[c].text, .unit = distributions[c].unit};
    for (std::size_t r = 1; r < records.size(); ++r) {
      if (c >= records[r].size()) throw damaged();
      const auto& text = records[r][c].text;
      if (distributions[c].unit.empty()) {
        column.words.push_back(text);
        continue;
      }
      double number = 0.0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc() || end != text.data() + text.size()) throw damaged();
      column.numbers.push_back(number);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

core::Design design_of(const core::Study& study, const std::string& file,
                       const std::vector<std::string>& settings) {
  if (!study.needs_drawing()) return study.design();
  return study.design_with(drawn_columns(study, printed_draws(study, file, settings)));
}

}  // namespace poultice::bindings
