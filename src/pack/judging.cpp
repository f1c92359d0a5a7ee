/// Reads how a series is judged: sums, form, direction, and the method with its options.
#include "pack/judging.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace icosa::pack {
namespace {

const std::vector<std::pair<std::string, Form>> forms = {
    {"level", Form::Level}, {"difference", Form::Difference}, {"growth", Form::Growth}};
const std::vector<std::pair<std::string, Direction>> directions = {
    {"rise", Direction::Rise}, {"fall", Direction::Fall}, {"both", Direction::Both}};

Node named_method(const std::string& name, const Spot& where) {
    Node table;
    table.where = table.key_where = where;
    Node text;
    text.kind = Node::Kind::Text;
    text.text = name;
    text.where = text.key_where = where;
    table.members.emplace_back("name", std::move(text));
    return table;
}

}  // namespace

void read_judging(TableReader& reader, Judging& out) {
    out.over = reader.int_or("over", 1);
    out.lag = reader.int_or("lag", 1);
    out.reach = reader.int_or("reach", 0);
    if (out.over < 1 || out.over > 1000)
        reader.fault(reader.table().find("over")->where, "out-of-range",
                     fmt::format("over = {}, allowed is 1 to 1000", out.over));
    if (out.lag < 1 || out.lag > 1000)
        reader.fault(reader.table().find("lag")->where, "out-of-range",
                     fmt::format("lag = {}, allowed is 1 to 1000", out.lag));
    out.over = std::clamp(out.over, 1, 1000);
    out.lag = std::clamp(out.lag, 1, 1000);
    out.reach = std::clamp(out.reach, 0, 1000);
    out.form = reader.choice("form", Form::Level, forms);
    out.direction = reader.choice("direction", Direction::Rise, directions);
    out.minimum = reader.number_or("minimum", 0);
    const Node* method = reader.node("method");
    if (!method) return;
    if (method->kind == Node::Kind::Text) {
        out.method = named_method(method->text, method->where);
        out.method_name = method->text;
        return;
    }
    const Node* name = method->find("name");
    if (method->kind != Node::Kind::Table || !name || name->kind != Node::Kind::Text) {
        reader.fault(method->where, "bad-method", "'method' has no name", "write method = { name = \"ears-c2\" }");
        return;
    }
    out.method = *method;
    out.method_name = name->text;
}

}  // namespace icosa::pack
