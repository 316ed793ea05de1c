using System.Text.Json;

namespace MlNetRecurrent.Data;

/// <summary>The settings of the windows in a column, which trainers read from its annotations.</summary>
/// <param name="WindowSize">The number of rows per window.</param>
/// <param name="Stride">The number of rows between the starts of consecutive windows.</param>
/// <param name="Horizon">The number of rows between the end of a window and the row it belongs to.</param>
/// <param name="ShortestSeries">The minimum number of rows for a series to have a window.</param>
/// <param name="GroupColumnName">The column that identifies groups, which are not mixed in a window. Null if all rows are one
/// group.</param>
internal sealed record WindowAnnotation(int WindowSize, int Stride, int Horizon, long ShortestSeries, string? GroupColumnName)
{
    /// <summary>Whether consecutive windows have rows in common.</summary>
    public bool Overlaps => Stride < WindowSize;

    /// <summary>Adds the settings to the annotations of a column.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder builder) =>
        builder.AddPrimitiveValue(AnnotationNames.SlidingWindow, TextDataViewType.Instance, RecordJson.WriteText(this).AsMemory());

    /// <summary>
    /// Finds the settings in the last column of a schema that has any. A trainer need not read that column: its rows are rows of windows in
    /// any case.
    /// </summary>
    public static WindowAnnotation? Find(DataViewSchema schema) => schema.Reverse().Select(Read).FirstOrDefault(said => said is not null);

    private static WindowAnnotation? Read(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.SlidingWindow)?.Type is not TextDataViewType)
            return null;
        ReadOnlyMemory<char> text = default;
        column.Annotations.GetValue(AnnotationNames.SlidingWindow, ref text);
        try
        {
            return RecordJson.Read<WindowAnnotation>(text.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
