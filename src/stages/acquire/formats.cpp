#include "stages/acquire/formats.hpp"

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/foreign_files.hpp"
#include "stages/acquire/format_table.hpp"

namespace matfit {

std::vector<FormatDescription> known_formats() {
  std::vector<FormatDescription> list;
  for (const Format& format : format_table()) {
    list.push_back({std::string(format.id), std::string(format.name), std::string(format.detail)});
  }
  return list;
}

Sniffed sniff_format(const std::filesystem::path& path) {
  const FileHead head = read_file_head(path);
  for (const Format& format : format_table()) {
    if (format.recognise(head)) return {std::string(format.id), "", format.bare_numbers};
  }
  return {"", what_it_is(head), !head.lines.empty()};
}

}  // namespace matfit
