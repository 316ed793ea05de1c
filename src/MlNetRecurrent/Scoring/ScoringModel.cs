using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>The predictions that a transformer adds to rows: those of one network, or of several that share their inputs.</summary>
/// <param name="Inputs">The columns that are read.</param>
/// <param name="Outputs">The meaning of the outputs.</param>
internal abstract record ScoringModel(InputColumns Inputs, TaskOutputs Outputs)
{
    /// <summary>The columns that are added to a view.</summary>
    public abstract IReadOnlyList<OutputColumn> Columns { get; }

    /// <summary>The architecture of all networks.</summary>
    public abstract NetworkDefinition Definition { get; }

    /// <summary>The number of networks that score a sequence.</summary>
    public virtual int NetworkCount => 1;

    /// <summary>The number of outputs of a row or, where each step has outputs, of a step.</summary>
    public virtual int PredictionSize => Definition.PredictionSize;

    /// <summary>Creates a scorer of sequences.</summary>
    public abstract SequenceScorer NewScorer();
}
