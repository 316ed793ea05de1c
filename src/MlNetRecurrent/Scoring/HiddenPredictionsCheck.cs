using System.Runtime.CompilerServices;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Scoring;

/// <summary>
/// Checks whether the score of a model hides that of another model of this library: all models use the same column names, and ML.NET
/// returns the last column of a name.
/// </summary>
internal static class HiddenPredictionsCheck
{
    /// <summary>The models of columns, by their annotations, which ML.NET passes on unchanged.</summary>
    private static readonly ConditionalWeakTable<DataViewSchema.Annotations, ScoringModel> _models = [];

    public static void Register(DataViewSchema.Annotations annotations, ScoringModel model) => _models.AddOrUpdate(annotations, model);

    public static void Warn(WarningLog? warnings, ScoringSchema schema)
    {
        if (warnings is null || schema.Input.GetColumnOrNull(TaskOutputs.Score) is not { } hidden)
            return;
        if (!_models.TryGetValue(hidden.Annotations, out ScoringModel? other) || ReferenceEquals(other, schema.Model))
            return;
        uint set = ScoringSchema.SetOf(hidden);
        if (schema.Input.Any(column => column.Name != hidden.Name && ScoringSchema.SetOf(column) == set && IsScore(column)))
            return;
        string[] names =
        [
            .. from column in schema.Model.Columns
               where other.Columns.Any(one => one.Name == column.Name) && schema.Input.GetColumnOrNull(column.Name) is not null
               select column.Name,
        ];
        warnings.Warn(RecurrentWarning.PredictionsHidden, MessageSensitivity.Schema, Describe(names));
    }

    private static string Describe(string[] hidden)
    {
        string copy = $"copy it to another name before this model, as CopyColumns(\"Score1\", \"{TaskOutputs.Score}\") does.";
        string drop = $"DropColumns({string.Join(", ", hidden.Select(name => $"\"{name}\""))})";
        return hidden is [var only]
            ? $"Column '{only}' of another model is hidden by that of this one. To keep it, {copy} To drop it, use {drop}."
            : $"The columns {string.Join(", ", hidden.Select(name => $"'{name}'"))} of another model are hidden by those of this one. "
                + $"To keep one, {copy} To drop all, use {drop}.";
    }

    /// <summary>Whether a column, whatever its name, is the score of a model rather than another of its columns.</summary>
    private static bool IsScore(DataViewSchema.Column column)
    {
        ReadOnlyMemory<char> kind = default;
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.ScoreValueKind)?.Type is TextDataViewType)
            column.Annotations.GetValue(AnnotationNames.ScoreValueKind, ref kind);
        return kind.Span.SequenceEqual(TaskOutputs.Score);
    }
}
