using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>A row of a <c>PredictionEngine</c>, which ends the window that comes with it.</summary>
internal sealed class WindowRow(WindowSchema schema, DataViewRow input, DataViewSchema.Column[] columns, List<IRowMemory>? memories)
    : RememberedRow<WindowReader, WindowBuffer>(
        schema, input, columns, new(schema, input, delay: 0, schema.MakesAny(columns), remembers: true), memories), IWindowRow
{
    private readonly PassedOnColumns _passedOn = new(input, columns.Select(schema.SourceOf).OfType<DataViewSchema.Column>());

    public int Horizon => schema.Settings.Horizon;

    public string ColumnName => schema.Settings.OutputColumnName;

    public string? GroupColumnName => schema.Settings.GroupColumnName;

    public bool IsIncomplete => TakenGroup is { } window && HasTooFewRows(window);

    protected override void BeforeTaking() => _passedOn.Read();

    protected override Delegate MakeGetter(DataViewSchema.Column column) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
    {
        WindowBuffer window = Take();
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, schema.WindowLength);
        if (HasTooFewRows(window))
            editor.Values.Fill(IncompleteWindow.Mark);
        else
            window.CopyTo(editor.Values);
        value = editor.Commit();
    });

    private bool HasTooFewRows(WindowBuffer window) =>
        schema.Settings.Start == WindowStart.Drop && window.Count < schema.Settings.WindowSize;
}
