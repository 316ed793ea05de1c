using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Onnx.Heads;

/// <summary>The ONNX format of a head definition: the outputs of its files. A new head is a subclass.</summary>
internal abstract class HeadFormat
{
    /// <summary>The type of the head definition.</summary>
    public abstract Type Definition { get; }

    /// <summary>Whether the outputs are classes, which can have names.</summary>
    public virtual bool HasClasses => false;

    /// <summary>Adds the outputs of a model to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The model.</param>
    /// <param name="x">The outputs of the linear layer [batch, outputs] or [batch, time, outputs].</param>
    /// <returns>The name of the value of the predicted label, a key; empty where there is none.</returns>
    public abstract string Export(GraphBuilder graph, TrainedModel model, string x);

    /// <summary>Whether scores of a graph from another exporter are those of this head.</summary>
    public abstract bool Matches(ScoreShape scores);

    /// <summary>Creates the definition for scores that match.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="output">The output of the graph, for messages.</param>
    /// <exception cref="NotSupportedException">No task of this library has such scores.</exception>
    public abstract HeadDefinition CreateDefinition(ScoreShape scores, string output);

    /// <summary>Creates the outputs of a model that was read from a file of another exporter.</summary>
    /// <param name="network">The architecture of the network.</param>
    /// <param name="labels">The names of the classes, if they are known.</param>
    public abstract TaskOutputs CreateOutputs(NetworkDefinition network, LabelValues? labels);

    /// <summary>Keeps probabilities between 0 and 1, as <see cref="OpenProbability.Of"/> does.</summary>
    protected static string ClipProbabilities(GraphBuilder graph, string probabilities) =>
        graph.Add("Clip", [probabilities, graph.Constant(OpenProbability.Least), graph.Constant(OpenProbability.Most)]);

    /// <summary>The dimensions of an output: those of the batch, and of the steps where each step has outputs, and others.</summary>
    protected static object[] ListDimensions(TrainedModel model, params object[] others) =>
        model.Network.Definition.EveryStep ? ["batch", "time", .. others] : ["batch", .. others];
}
