using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Ensembles;

/// <summary>One binary network for each class, in the order of the keys.</summary>
/// <param name="Classes">The networks, all of which read the same columns.</param>
/// <param name="Outputs">The classes.</param>
internal sealed record OneVersusAllModel(IReadOnlyList<TrainedModel> Classes, TaskOutputs Outputs)
    : ScoringModel(Classes[0].Inputs, Outputs)
{
    private const string Subject = "model";
    private const int CurrentFormat = 1;

    public override IReadOnlyList<OutputColumn> Columns => Outputs.Columns;

    public override NetworkDefinition Definition => Classes[0].Definition;

    public override int NetworkCount => Classes.Count;

    public override int PredictionSize => Classes.Count;

    public override SequenceScorer NewScorer() => new ClassScorer(Classes);

    /// <summary>Writes a JSON description of the classes, then the networks, each as a <see cref="ModelFile"/>.</summary>
    public void Write(BinaryWriter writer)
    {
        var description = new Description(CurrentFormat, Outputs.Describe());
        DescriptionFormat.Write(writer.BaseStream, DescriptionJson.Write(description));
        foreach (TrainedModel model in Classes)
            ModelFile.Write(writer, model);
    }

    /// <exception cref="InvalidDataException">The stream holds no such model, or one that is cut short, damaged or too new.</exception>
    public static OneVersusAllModel Read(BinaryReader reader, LoadBudget? budget = null)
    {
        byte[] bytes = new DescriptionFormat(Subject).Read(reader.BaseStream, budget);
        var description = DescriptionJson.Read<Description>(bytes, Subject, ", or of a newer version of MlNetRecurrent");
        if (description.Format != CurrentFormat)
        {
            throw new InvalidDataException(
                $"The model has format {description.Format}; this version of MlNetRecurrent reads format {CurrentFormat} of "
                + "OneVersusAll. Use a newer one.");
        }
        if (TaskOutputs.Restore(description.Outputs) is not MulticlassOutputs { Count: > 1 } outputs)
            throw new InvalidDataException($"The model is damaged: it has networks for the classes of {description.Outputs.Task}.");
        List<TrainedModel> classes = [];
        while (classes.Count < outputs.Count)
        {
            TrainedModel model = ModelFile.Read(reader, budget);
            ThrowIfUnfit(model, classes.Count == 0 ? model : classes[0]);
            classes.Add(model);
        }
        return new(classes, outputs);
    }

    private static void ThrowIfUnfit(TrainedModel model, TrainedModel first)
    {
        if (model.Outputs is not BinaryOutputs { Slots: null, Task.EveryStep: false } || model.Columns.Count != model.Outputs.Columns.Count)
            throw new InvalidDataException($"The model is damaged: the network of a class is for the task {model.Outputs.Task.Name}.");
        if (!model.Inputs.All.SequenceEqual(first.Inputs.All))
            throw new InvalidDataException("The model is damaged: the networks of its classes read different columns.");
    }

    private sealed record Description(int Format, OutputDescription Outputs);
}
