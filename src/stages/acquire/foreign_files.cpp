#include "stages/acquire/foreign_files.hpp"

#include "h5/error.hpp"
#include "h5/file.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace matfit {

namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;  // at the file's beginning
  const char* what;
};

constexpr const char* spreadsheet =
    "a spreadsheet: save its sheet as CSV (UTF-8), or export text from the vendor's software";

constexpr Magic magics[] = {
    {"XSENSORTECHCORP"sv,
     "XSENSOR's closed .xsn format: open it in XSENSOR's software and export it as CSV, with every "
     "frame and the header"},
    {"PK\x03\x04"sv,
     "a zip archive or a workbook (.xlsx, .ods): unpack it, or save its sheet as CSV (UTF-8)"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, spreadsheet},  // Microsoft's compound file: .xls
    {"%PDF-"sv, "a PDF: export the frames as text from the vendor's software, not a report"},
    {"\x89PNG\r\n"sv, "a picture (PNG): export the frames as text, not a screen shot"},
    {"\xff\xd8\xff"sv, "a picture (JPEG): export the frames as text, not a screen shot"},
    {"GIF8"sv, "a picture (GIF): export the frames as text, not a screen shot"},
    {"BM"sv, "a picture (BMP): export the frames as text, not a screen shot"},
    {"II*\0"sv, "a picture (TIFF): export the frames as text, not a screen shot"},
    {"MM\0*"sv, "a picture (TIFF): export the frames as text, not a screen shot"},
    {"RIFF"sv, "a film or sound (RIFF): export the frames as text, not a film"},
    {"\x1f\x8b"sv, "a file packed by gzip: unpack it"},
    {"BZh"sv, "a file packed by bzip2: unpack it"},
    {"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive: unpack it"},
    {"Rar!\x1a\x07"sv, "a RAR archive: unpack it"},
    {"\xfd"
     "7zXZ\0"sv,
     "a file packed by xz: unpack it"},
};

// A shorter one may well begin a text.
constexpr std::size_t shortest_sure_magic = 4;

std::string extension_of(const FileHead& head) {
  std::string extension = head.path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

std::string hdf5_without_recording(const FileHead& head) {
  std::string format;
  try {
    format = h5::File::open(head.path).text_attribute("/", "format").value_or("");
  } catch (const h5::Error&) {
    return "an HDF5 file that cannot be read: copy or export it again";
  }
  return "an HDF5 file, but not a matfit recording (attribute format of / is '" + format +
         "', not 'matfit-recording')";
}

// A zip archive whose first file is an array; its name stands behind the fixed part of its header.
bool is_npz(const FileHead& head) {
  constexpr std::size_t name_begin = 30;
  constexpr std::size_t longest_name = 256;
  const std::string_view bytes = head.bytes;
  return bytes.starts_with("PK\x03\x04") && bytes.size() > name_begin &&
         bytes.substr(name_begin, longest_name).find(".npy") != std::string_view::npos;
}

std::string unknown_text(const FileHead& head) {
  const std::string_view first = head.first_content();
  if (first.empty()) return "the text holds no numbers";
  const std::size_t begin = first.find_first_not_of(" \t");
  if (first[begin] == '{' || first[begin] == '[') return "JSON, but not of a known data set";
  if (first[begin] == '<') {
    return "a web page or XML: export the frames as text (CSV) from the vendor's software";
  }
  if (first.find("pressure_01") != std::string_view::npos) {
    return "single sensors (pressure_01 ...) without places, sizes and unit, not a mat";
  }
  const auto line = std::find_if(head.lines.begin(), head.lines.end(), has_content);
  return "line " + std::to_string(line - head.lines.begin() + 1) + " is not numbers only";
}

}  // namespace

std::string what_it_is(const FileHead& head) {
  const bool text = !head.lines.empty();
  if (is_npz(head)) return "NumPy's archive of arrays: save one array by itself with numpy.save";
  for (const Magic& magic : magics) {
    if (text && magic.bytes.size() <= shortest_sure_magic) continue;
    if (std::string_view(head.bytes).starts_with(magic.bytes)) return magic.what;
  }
  if (h5::is_hdf5(head.path)) return hdf5_without_recording(head);
  if (text) return unknown_text(head);
  // Tekscan's film has no published beginning.
  const std::string extension = extension_of(head);
  if (extension == ".fsx" || extension == ".isx" || extension == ".mvx") {
    return "Tekscan's closed " + extension +
           " format: open it in Tekscan's software and save it as ASCII or CSV (whole movie)";
  }
  return "a binary file of no known kind: export the recording as text from the vendor's software";
}

}  // namespace matfit
