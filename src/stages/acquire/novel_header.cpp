#include "stages/acquire/novel_header.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "stages/acquire/words.hpp"

namespace matfit {

void NovelHeader::take(std::string_view line) {
  for (const std::string_view key : {"mat type", "sensor type:"}) {
    if (const std::string_view type = text_after(line, key); !type.empty()) {
      model = "novel " + utf8_text(type);
    }
  }
  if (const std::string_view text = text_after(line, "time per frame [secs]:"); !text.empty()) {
    frame_s = number_in(first_word(text));
  }
  if (const std::string_view text = text_after(line, "pressure values in"); !text.empty()) {
    unit = text;
  }
  for (const std::string_view side : {"left", "right"}) {
    const std::string_view cells = text_after(line, std::string(side) + " insole:");
    if (!cells.empty()) insoles.emplace_back(side);
  }
}

}  // namespace matfit
