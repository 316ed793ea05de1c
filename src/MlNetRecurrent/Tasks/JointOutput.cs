namespace MlNetRecurrent.Tasks;

/// <summary>One of several outputs of a network.</summary>
/// <param name="Name">The name of an additional output; null for the main one.</param>
/// <param name="Outputs">The meaning of its outputs.</param>
/// <param name="LossWeight">The weight of its loss in training.</param>
internal sealed record JointOutput(string? Name, TaskOutputs Outputs, float LossWeight = 1)
{
    /// <summary>The name of a column of the output.</summary>
    public string NameOf(string column) => NameOf(Name, column);

    /// <summary>The name of a column or metric of an output, which is null for the main one.</summary>
    public static string NameOf(string? output, string column) => output is null ? column : $"{output}.{column}";
}
