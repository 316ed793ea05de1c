namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The rows that have a window. They come in their order, in one pass.</summary>
internal sealed class WindowView(WindowSchema schema, IDataView input, IChannelProvider environment, WindowWarnings warnings)
    : DerivedView(schema, input, WindowTransformer.Component, isOnePass: true)
{
    private int _passes;

    protected override DataViewRowCursor MakeCursor(DataViewRowCursor input, DataViewSchema.Column[] columns) =>
        new WindowCursor(schema, input, columns, environment, EndPass);

    /// <summary>Warns once for each view, however often it is read.</summary>
    private void EndPass(WindowReader windows)
    {
        if (Interlocked.Increment(ref _passes) > 1)
            return;
        Func<object, string> name = SeriesNames.Of(schema.Settings.GroupColumnName is { } group ? schema.Input[group] : null);
        warnings.PassEnded(windows.Groups.Select(series => (series.Key is { } key ? name(key) : "", series.Group.Count)));
    }
}
