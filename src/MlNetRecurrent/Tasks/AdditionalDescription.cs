namespace MlNetRecurrent.Tasks;

/// <summary>An additional output of a model as it is written to its file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outputs">The meaning of its outputs.</param>
internal sealed record AdditionalDescription(string Name, OutputDescription Outputs);
