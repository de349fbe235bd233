#include "stages/acquire/popu_snapshots.hpp"

#include "stages/acquire/frame_order.hpp"
#include "types/error.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <utility>

namespace matfit {

void PopuSnapshots::refuse(const std::string& key, const std::string& value,
                           const std::string& expected) const {
  throw InputError(
      {file_, "snapshot " + key, value, expected, "take the file as it was published"});
}

void PopuSnapshots::add(const std::string& key, const nlohmann::json& snapshot) {
  int number = 0;
  const auto result = std::from_chars(key.data(), key.data() + key.size(), number);
  if (result.ec != std::errc{} || result.ptr != key.data() + key.size()) {
    refuse(key, key, "a whole number as key");
  }
  if (!place_of_.emplace(number, place_of_.size()).second) refuse(key, key, "each number once");
  for (const char* sheet : {"tactilus", "sensomatt"}) {
    if (sheet_.empty() && snapshot.contains(std::string(sheet) + "_readings")) sheet_ = sheet;
  }
  const auto readings = snapshot.find(sheet_ + "_readings");
  if (readings == snapshot.end() || !readings->is_array() || readings->empty()) {
    refuse(key, "", "a list " + (sheet_.empty() ? "tactilus" : sheet_) + "_readings");
  }
  if (!frames_) {
    first_key_ = key;
    cells_ = readings->size();
    frames_.emplace(file_, cells_);
  }
  if (readings->size() != cells_) {
    refuse(key, std::to_string(readings->size()) + " readings",
           std::to_string(cells_) + ", as in the first snapshot");
  }
  frame_.clear();
  for (const nlohmann::json& reading : *readings) {
    if (!reading.is_number() || !std::isfinite(reading.get<float>())) {
      refuse(key + ", reading " + std::to_string(frame_.size()), reading.dump(), "a number");
    }
    frame_.push_back(reading.get<float>());
  }
  frames_->append(frame_);
}

std::shared_ptr<const FrameSource> PopuSnapshots::finish(std::size_t cells) {
  if (cells != cells_) {
    refuse(first_key_, std::to_string(cells_) + " readings",
           std::to_string(cells) + ", rows x columns");
  }
  std::vector<std::size_t> order;
  bool ordered = true;
  for (const auto& [number, place] : place_of_) {
    ordered = ordered && place == order.size();
    order.push_back(place);
  }
  auto frames = frames_->finish();
  if (ordered) return frames;
  return frames_in_order(std::move(frames), std::move(order));
}

}  // namespace matfit
