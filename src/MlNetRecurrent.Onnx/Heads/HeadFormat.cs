using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The ONNX format of a head definition: the outputs of its files. A new head is a subclass.</summary>
internal abstract class HeadFormat
{
    /// <summary>The type of the head definition.</summary>
    public abstract Type Definition { get; }

    /// <summary>Whether the outputs are classes, which can have names.</summary>
    public virtual bool HasClasses => false;

    /// <summary>The output of a file with the predictions of the head. Others are made from it outside of the file.</summary>
    public virtual string PredictionOutput => TaskOutputs.Score;

    /// <summary>Adds the outputs of a model to a graph.</summary>
    /// <param name="input">What the head reads.</param>
    public abstract void Export(HeadInput input);

    /// <summary>Reads the parameters that the head has beside those of the linear layer, from a file that this library wrote.</summary>
    /// <param name="file">The file.</param>
    /// <param name="head">The definition of the head.</param>
    /// <param name="outputs">The number of its outputs.</param>
    /// <param name="prefix">What the names of its weights begin with.</param>
    /// <param name="weights">Takes the parameters.</param>
    public virtual void Import(OnnxReader file, HeadDefinition head, int outputs, string prefix, WeightWriter weights)
    {
    }

    /// <summary>Whether scores of a graph from another exporter are those of this head. By default none are.</summary>
    public virtual bool Matches(ScoreShape scores) => false;

    /// <summary>Creates the definition for scores that match.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="output">The output of the graph, for messages.</param>
    /// <exception cref="NotSupportedException">No task of this library has such scores.</exception>
    public virtual HeadDefinition CreateDefinition(ScoreShape scores, string output) =>
        throw new NotSupportedException($"{output} cannot be read from files of other exporters.");

    /// <summary>Creates the outputs of a model that was read from a file of another exporter.</summary>
    /// <param name="network">The architecture of the network.</param>
    /// <param name="labels">The names of the classes, if they are known.</param>
    public virtual TaskOutputs CreateOutputs(NetworkDefinition network, LabelValues? labels) =>
        throw new NotSupportedException($"Outputs of {Definition.Name} cannot be read from files of other exporters.");

    /// <summary>Keeps probabilities between 0 and 1, as <see cref="OpenProbability.Of"/> does.</summary>
    protected static string ClipProbabilities(GraphBuilder graph, string probabilities) =>
        graph.Add("Clip", [probabilities, graph.AddConstant(OpenProbability.Least), graph.AddConstant(OpenProbability.Most)]);
}
