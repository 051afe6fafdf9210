#include "common/rpc/request_fault.h"

#include "common/base/utf8.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <map>
#include <string>
#include <vector>

namespace liandong::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::io::CodedInputStream;
using Wire = google::protobuf::internal::WireFormatLite;

constexpr int kDepthMax = 32;

/// One pass over the wire form. `path_` names where it stands; it is only written out when there is
/// a fault.
class Walk {
public:
    explicit Walk(UnknownFields unknown) : unknown_(unknown) {}

    std::optional<Error> message(std::string_view bytes, const Descriptor& type) {
        if (path_.size() >= kDepthMax) return malformed();
        CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                            static_cast<int>(bytes.size()));
        std::map<int, int> seen;  // how many of each repeated field
        while (const std::uint32_t tag = in.ReadTag()) {
            const FieldDescriptor* field = type.FindFieldByNumber(Wire::GetTagFieldNumber(tag));
            if (field == nullptr) {
                if (unknown_ == UnknownFields::kRefuse) return unknown_field(tag);
                if (!skip(in, tag)) return malformed();
                continue;
            }
            const int index = field->is_repeated() ? seen[field->number()]++ : 0;
            path_.push_back({field, index});
            if (auto fault = value(in, tag, *field, bytes)) return fault;
            path_.pop_back();
        }
        if (!in.ConsumedEntireMessage()) return malformed();
        return std::nullopt;
    }

private:
    struct Step {
        const FieldDescriptor* field;
        int index;
    };

    std::optional<Error> value(CodedInputStream& in, std::uint32_t tag,
                               const FieldDescriptor& field, std::string_view all) {
        const bool nested = field.type() == FieldDescriptor::TYPE_MESSAGE;
        const bool text = field.type() == FieldDescriptor::TYPE_STRING;
        if (Wire::GetTagWireType(tag) != Wire::WIRETYPE_LENGTH_DELIMITED || !(nested || text)) {
            if (skip(in, tag)) return std::nullopt;
            return malformed();
        }
        std::uint32_t size = 0;
        if (!in.ReadVarint32(&size)) return malformed();
        const auto begin = static_cast<std::size_t>(in.CurrentPosition());
        if (size > all.size() - begin) return malformed();
        const std::string_view part = all.substr(begin, size);
        in.Skip(static_cast<int>(size));
        if (nested) return message(part, *field.message_type());
        if (is_utf8(part)) return std::nullopt;
        return Error{Code::kInvalidArgument, "NOT_UTF8", "the field is not valid UTF-8", {}}.with(
            "field", path());
    }

    static bool skip(CodedInputStream& in, std::uint32_t tag) { return Wire::SkipField(&in, tag); }

    std::string path() const {
        std::string out;
        for (const Step& step : path_) {
            if (!out.empty()) out += '.';
            out += step.field->name();
            if (step.field->is_repeated()) out += '[' + std::to_string(step.index) + ']';
        }
        return out;
    }

    Error unknown_field(std::uint32_t tag) const {
        std::string where = path();
        if (!where.empty()) where += '.';
        where += '#' + std::to_string(Wire::GetTagFieldNumber(tag));
        return Error{Code::kInvalidArgument,
                     "FIELD_UNKNOWN",
                     "this server does not know the field, so it cannot do what it asks",
                     {}}
            .with("field", std::move(where));
    }

    static Error malformed() {
        return {Code::kInvalidArgument, "REQUEST_MALFORMED", "the request cannot be read", {}};
    }

    UnknownFields unknown_;
    std::vector<Step> path_;
};

}  // namespace

std::optional<Error> find_fault(std::string_view bytes, const Descriptor& type,
                                UnknownFields unknown) {
    return Walk(unknown).message(bytes, type);
}

}  // namespace liandong::rpc
