#include "stages/acquire/matlab_choice.hpp"

#include "types/error.hpp"

#include <algorithm>
#include <vector>

namespace matfit {

namespace {

// Lines of cells of the mats there are; other sizes are counts of frames.
constexpr std::size_t fewest_lines = 4;
constexpr std::size_t most_lines = 256;

using Kind = MatlabVariable::Kind;

bool is_stack(const MatlabVariable& variable) {
  return variable.kind == Kind::cells ||
         (variable.kind == Kind::numbers && variable.shape.size() == 3);
}

bool is_matrix(const MatlabVariable& variable) {
  return variable.kind == Kind::numbers && variable.shape.size() == 2 &&
         std::min(variable.shape[0], variable.shape[1]) > 1;
}

std::string listed(const MatlabFile& file, const std::vector<std::size_t>& variables) {
  std::string list;
  for (const std::size_t i : variables) {
    const MatlabVariable& variable = file.variables()[i];
    list += (list.empty() ? "" : ", ") + variable.name + " (" + variable.shape_text() + ")";
  }
  return list;
}

std::string held(const MatlabFile& file) {
  std::vector<std::size_t> all(file.variables().size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  std::string list = listed(file, all);
  for (const std::string& name : file.left_out()) list += (list.empty() ? "" : ", ") + name;
  return list.empty() ? "no variables" : list;
}

std::size_t variable_chosen(const MatlabFile& file, const std::string& path,
                            const ReadOptions& options) {
  std::vector<std::size_t> stacks;
  std::vector<std::size_t> matrices;
  for (std::size_t i = 0; i < file.variables().size(); ++i) {
    const MatlabVariable& variable = file.variables()[i];
    if (options.variable && variable.name != *options.variable) continue;
    if (is_stack(variable)) stacks.push_back(i);
    if (is_matrix(variable)) matrices.push_back(i);
  }
  const std::vector<std::size_t>& candidates = stacks.empty() ? matrices : stacks;
  if (candidates.size() == 1) return candidates.front();
  if (candidates.empty()) {
    throw InputError({path, options.variable ? "variable " + *options.variable : "", held(file),
                      "numbers of [rows, cols, frames], [frames, rows, cols] or [rows, cols]",
                      options.variable ? "name another one with --variable"
                                       : "save the frames as one such array"});
  }
  throw InputError(
      {path, "", listed(file, candidates), "one variable with frames", "name it with --variable"});
}

bool can_be_grid(std::size_t rows, std::size_t cols) {
  return std::min(rows, cols) >= fewest_lines && std::max(rows, cols) <= most_lines;
}

bool agrees(const ReadOptions& options, std::size_t rows, std::size_t cols) {
  return (!options.rows || static_cast<std::size_t>(*options.rows) == rows) &&
         (!options.cols || static_cast<std::size_t>(*options.cols) == cols);
}

MatlabChoice choice(std::size_t variable, MatlabOrder order, std::size_t frames, std::size_t rows,
                    std::size_t cols) {
  return {variable, order, frames, static_cast<int>(rows), static_cast<int>(cols)};
}

// The readings that the user's grid leaves, then those that the times leave, then those of sizes
// that mats have.
MatlabChoice narrowed(std::vector<MatlabChoice> readings, const std::string& path,
                      const MatlabVariable& variable, const ReadOptions& options,
                      std::optional<std::size_t> times) {
  const auto keep = [&readings](const auto& good) {
    std::vector<MatlabChoice> kept;
    std::copy_if(readings.begin(), readings.end(), std::back_inserter(kept), good);
    if (!kept.empty()) readings = kept;
  };
  std::erase_if(readings, [&](const MatlabChoice& reading) {
    return !agrees(options, static_cast<std::size_t>(reading.rows),
                   static_cast<std::size_t>(reading.cols));
  });
  if (times) keep([&](const MatlabChoice& reading) { return reading.frames == *times; });
  if (readings.size() > 1 && !(options.rows && options.cols)) {
    keep([&](const MatlabChoice& reading) {
      return can_be_grid(static_cast<std::size_t>(reading.rows),
                         static_cast<std::size_t>(reading.cols));
    });
  }
  if (readings.size() == 1) return readings.front();
  const std::string place = "variable " + variable.name;
  if (readings.empty()) {
    throw InputError({path, place, variable.shape_text(),
                      (options.rows ? std::to_string(*options.rows) : "any") + " rows x " +
                          (options.cols ? std::to_string(*options.cols) : "any") + " columns (" +
                          options.source + ")",
                      "give the right --rows and --cols, or name another --variable"});
  }
  throw InputError({path, place, variable.shape_text(),
                    "sizes that tell [rows, cols, frames] from [frames, rows, cols]",
                    "give --rows and --cols"});
}

}  // namespace

MatlabChoice choose_frames(const MatlabFile& file, const std::string& path,
                           const ReadOptions& options, std::optional<std::size_t> times) {
  const std::size_t chosen = variable_chosen(file, path, options);
  const MatlabVariable& variable = file.variables()[chosen];
  const std::vector<std::size_t>& shape = variable.shape;
  std::vector<MatlabChoice> readings;
  if (variable.kind == Kind::cells) {
    readings.push_back(choice(chosen, MatlabOrder::frames_last, shape[2], shape[0], shape[1]));
  } else if (shape.size() == 3) {
    readings.push_back(choice(chosen, MatlabOrder::frames_last, shape[2], shape[0], shape[1]));
    readings.push_back(choice(chosen, MatlabOrder::frames_first, shape[0], shape[1], shape[2]));
  } else {
    readings.push_back(choice(chosen, MatlabOrder::one_frame, 1, shape[0], shape[1]));
    if (options.rows && options.cols) {
      const auto rows = static_cast<std::size_t>(*options.rows);
      const auto cols = static_cast<std::size_t>(*options.cols);
      if (shape[1] == rows * cols) {
        readings.push_back(choice(chosen, MatlabOrder::frame_rows, shape[0], rows, cols));
      }
      if (shape[0] == rows * cols) {
        readings.push_back(choice(chosen, MatlabOrder::frame_cols, shape[1], rows, cols));
      }
    } else if (!can_be_grid(shape[0], shape[1])) {
      throw InputError({path, "variable " + variable.name, variable.shape_text(),
                        "one frame of " + std::to_string(fewest_lines) + " to " +
                            std::to_string(most_lines) + " rows and columns",
                        "where each row or column is a frame, give --rows and --cols"});
    }
  }
  return narrowed(std::move(readings), path, variable, options, times);
}

}  // namespace matfit
