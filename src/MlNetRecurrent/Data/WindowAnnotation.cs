using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Data;

/// <summary>How the windows of a column were cut, as the column says it to trainers.</summary>
/// <param name="WindowSize">Rows of a window.</param>
/// <param name="Stride">From how many windows one is kept.</param>
/// <param name="Horizon">How many rows before the row it stands beside a window ends.</param>
/// <param name="ShortestSeries">The rows that a series must have to have a window.</param>
/// <param name="GroupColumnName">The column whose values are not mixed in a window; null where all rows belong together.</param>
internal sealed record WindowAnnotation(int WindowSize, int Stride, int Horizon, long ShortestSeries, string? GroupColumnName)
{
    /// <summary>Whether windows that follow one another have rows in common.</summary>
    public bool Overlaps => Stride < WindowSize;

    /// <summary>Adds it to the annotations of a column.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder builder) =>
        builder.AddPrimitiveValue(AnnotationNames.SlidingWindow, TextDataViewType.Instance, JsonSerializer.Serialize(this).AsMemory());

    /// <summary>
    /// What the columns of a schema say, the last of them first: a column of windows need not be what a trainer reads, but its rows are
    /// those of windows.
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
            return JsonSerializer.Deserialize<WindowAnnotation>(text.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
