#pragma once

#include "stages/acquire/frame_spool.hpp"
#include "types/recording.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// The snapshots of a PoPu file, given one after the other as they come out of the parser, so that
// no more than one is in memory.
class PopuSnapshots {
 public:
  explicit PopuSnapshots(std::string file) : file_(std::move(file)) {}

  // InputError for a key that is no number or comes twice, for a snapshot without readings, and for
  // readings that are no numbers or not as many as the first snapshot's.
  void add(const std::string& key, const nlohmann::json& snapshot);

  const std::string& sheet() const { return sheet_; }  // "tactilus" or "sensomatt"; empty: none
  // Ordered by their numbers. InputError unless there are `cells` readings in each. Call once.
  std::shared_ptr<const FrameSource> finish(std::size_t cells);
  bool integer_counts() const { return frames_->integer_counts(); }

 private:
  [[noreturn]] void refuse(const std::string& key, const std::string& value,
                           const std::string& expected) const;

  std::string file_;
  std::string sheet_;
  std::string first_key_;
  std::size_t cells_ = 0;
  std::vector<float> frame_;
  std::map<int, std::size_t> place_of_;  // a snapshot's number -> its place in the file
  std::optional<FrameSpool> frames_;
};

}  // namespace matfit
