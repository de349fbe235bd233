# Turns text files into a C++ source with one raw string each.
#   cmake -DOUTPUT=FILE.cpp -DINPUTS=A;B;... -P embed.cmake

set(entries "")
foreach(input IN LISTS INPUTS)
  get_filename_component(name "${input}" NAME)
  file(READ "${input}" content)
  string(APPEND entries "    {\"${name}\", R\"embedded(${content})embedded\"},\n")
endforeach()
string(CONCAT source
  "#include \"stages/write/templates.hpp\"\n\n"
  "#include <utility>\n\n"
  "namespace matfit {\n\nnamespace {\n\n"
  "constexpr std::pair<std::string_view, std::string_view> files[] = {\n"
  "${entries}"
  "};\n\n}  // namespace\n\n"
  "std::optional<std::string_view> embedded_template(std::string_view name) {\n"
  "  for (const auto& [file, content] : files) {\n"
  "    if (file == name) return content;\n"
  "  }\n"
  "  return std::nullopt;\n"
  "}\n\n}  // namespace matfit\n")
file(WRITE "${OUTPUT}" "${source}")
