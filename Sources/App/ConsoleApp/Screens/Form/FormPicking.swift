import JSON
import JSONSchema

/// Pickers for answers that have many values.
enum FormPicking {
  /// Choices up to here stand in the row itself.
  static let mostInRow = 5
  /// Ticks up to here are rows of the form.
  static let mostUnfolded = 12

  /// A picker for the focused row; nil where it needs none.
  static func picker(_ form: FormState, _ screen: Screen) -> Picker? {
    guard let row = form.current, row.option == nil else { return nil }
    let now = form.value.value(at: row.path)
    switch row.field.kind {
    case .choice(let choices) where choices.count > mostInRow:
      return Picker(
        title: row.label,
        items: choices.map {
          .init(
            title: $0.label, note: $0.description ?? "", isChosen: $0.value == now,
            deed: .answer(screen, $0.value))
        })
    case .choices(let choices, _) where choices.count > mostUnfolded:
      let chosen = now?.array ?? []
      return Picker(
        title: row.label,
        items: choices.enumerated().map { index, choice in
          .init(
            title: choice.label, note: choice.description ?? "",
            isChosen: chosen.contains(choice.value), deed: .tick(screen, option: index))
        }, isMultiple: true)
    case .union(let union) where union.branches.count > mostInRow:
      let place = form.branch(of: row.field, row.path)
      return Picker(
        title: row.label,
        items: union.branches.enumerated().map { index, branch in
          .init(
            title: branch.title, note: branch.description ?? "", isChosen: index == place,
            deed: .branch(screen, index))
        })
    default: return nil
    }
  }
}
