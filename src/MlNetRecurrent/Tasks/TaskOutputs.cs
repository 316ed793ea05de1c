using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tasks;

/// <summary>The columns that a trained model adds to a view.</summary>
internal abstract class TaskOutputs
{
    /// <summary>Outputs of the network's head.</summary>
    public abstract int Count { get; }

    /// <summary>ML.NET's name for the kind of score.</summary>
    public abstract string ScoreColumnKind { get; }

    public abstract IReadOnlyList<OutputColumn> Columns { get; }

    /// <summary>What a model file has to say of the outputs.</summary>
    public abstract OutputDescription Describe();
}

/// <summary>A column that a model adds.</summary>
/// <param name="Name">Its name, which is also its kind of value to ML.NET.</param>
/// <param name="Type">Its type.</param>
/// <param name="AddAnnotations">Adds what is particular to it.</param>
/// <param name="MakeGetter">Makes its getter (a <see cref="ValueGetter{TValue}"/> of its type) from what gives the scores of the current row.</param>
internal sealed record OutputColumn(
    string Name, DataViewType Type, Action<DataViewSchema.Annotations.Builder> AddAnnotations, Func<Func<ReadOnlyMemory<float>>, Delegate> MakeGetter);

/// <summary>The outputs of a model as they are written to its file.</summary>
internal sealed record OutputDescription
{
    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>Number of outputs.</summary>
    public required int Count { get; init; }

    /// <summary>The type of the label values, where there are any.</summary>
    public string? LabelKind { get; init; }

    /// <summary>The label values as text, the first key's first.</summary>
    public string[]? LabelValues { get; init; }
}
