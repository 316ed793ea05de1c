namespace MlNetRecurrent.Tasks;

/// <summary>
/// The kind of a prediction: the labels that it reads, the head of the network, and the columns and metrics of a model. A new task is a
/// class of its own, listed in <see cref="All"/>, with its <see cref="TaskOutputs"/>.
/// </summary>
internal abstract class RecurrentTask
{
    public static RecurrentTask Binary { get; } = new BinaryTask();

    public static RecurrentTask Multiclass { get; } = new MulticlassTask();

    public static RecurrentTask Regression { get; } = new RegressionTask();

    public static TaggerTask Tagger { get; } = new(HeadDefinition.Categorical);

    public static RecurrentTask BinaryTagger { get; } = new BinaryTaggerTask();

    public static RecurrentTask RegressionTagger { get; } = new RegressionTaggerTask();

    /// <summary>All tasks, as model files name them.</summary>
    public static IReadOnlyList<RecurrentTask> All { get; } = [Binary, Multiclass, Regression, Tagger, BinaryTagger, RegressionTagger];

    /// <summary>The name in model files, which is ML.NET's name for the kind of score.</summary>
    public abstract string Name { get; }

    /// <summary>The types of label columns, for messages.</summary>
    public abstract string LabelExpected { get; }

    /// <summary>The head of a network of this task, unless an option or a file names another.</summary>
    public abstract HeadDefinition UsualHead { get; }

    /// <summary>Whether a network of this task may have the head.</summary>
    public virtual bool Accepts(HeadDefinition head) => head.GetType() == UsualHead.GetType();

    /// <summary>The head of a new network: the usual one, unless the task was made for another.</summary>
    public virtual HeadDefinition Head => UsualHead;

    /// <summary>The same task for a head that a file or an option names.</summary>
    public virtual RecurrentTask For(HeadDefinition head) => this;

    /// <summary>Whether there is a label for every step, rather than one for the sequence.</summary>
    public virtual bool EveryStep => false;

    /// <summary>Whether the label of a sequence can be a vector of several values.</summary>
    public virtual bool TakesVectors => false;

    /// <summary>Whether labels are classes.</summary>
    public virtual bool HasClasses => true;

    /// <summary>The names of a model's output columns.</summary>
    public virtual IReadOnlyList<string> OutputNames => [TaskOutputs.PredictedLabel, TaskOutputs.Score];

    /// <summary>Whether a column can be the label.</summary>
    public virtual bool IsLabel(SchemaShape.Column label) => IsLabelKind(label.Kind) && IsLabel(label.ItemType, label.IsKey);

    public abstract bool IsLabel(DataViewType item, bool isKey);

    /// <summary>Whether labels can be scalars, or vectors of known or of variable size.</summary>
    public bool IsLabelKind(SchemaShape.Column.VectorKind kind) =>
        EveryStep ? kind != SchemaShape.Column.VectorKind.Scalar
        : kind == SchemaShape.Column.VectorKind.Scalar || (TakesVectors && kind == SchemaShape.Column.VectorKind.Vector);

    /// <summary>The slots of labels that are vectors with several values for a sequence; null for other labels.</summary>
    public LabelSlots? SlotsOf(DataViewSchema.Column label) => TakesVectors && !EveryStep ? LabelSlots.Read(label) : null;

    /// <summary>The output columns of a model, as far as they are known before the training.</summary>
    public abstract IEnumerable<SchemaShape.Column> OutputShape(SchemaShape.Column label);

    /// <summary>Reads the values of the label of the current row, or the label of each step; NaN is a missing one.</summary>
    public abstract LabelReader ReadLabels(DataViewRow row, DataViewSchema.Column label);

    /// <summary>Makes the check of the labels of a row, without those of weight 0; null for none.</summary>
    /// <exception cref="InvalidOperationException">The column cannot have such labels.</exception>
    public virtual LabelCheck? CheckLabels(DataViewRow row, DataViewSchema.Column label) => null;

    /// <summary>Creates the outputs of a model from the labels of the training data.</summary>
    /// <param name="label">The labels.</param>
    /// <param name="data">The figures of the data.</param>
    /// <param name="previous">The outputs of the model that the training continues, or null.</param>
    /// <exception cref="InvalidOperationException">Nothing can be learned from these labels.</exception>
    /// <exception cref="ArgumentException">The previous model has other labels.</exception>
    public abstract TaskOutputs LearnOutputs(LabelColumn label, DataStatistics data, TaskOutputs? previous);

    /// <summary>Restores the outputs of a model from its file.</summary>
    /// <exception cref="InvalidDataException">The description contradicts itself.</exception>
    public abstract TaskOutputs RestoreOutputs(OutputDescription description);

    /// <summary>The kind of the output columns, and the annotations with their slot names.</summary>
    protected (SchemaShape.Column.VectorKind Kind, SchemaShape.Column[] Slots) ShapeOf(SchemaShape.Column label) =>
        EveryStep ? (SchemaShape.Column.VectorKind.VariableVector, []) : (label.Kind, [.. SchemaShapes.SlotNames(label)]);

    /// <summary>The outputs of a previous model, which must be of the same task.</summary>
    protected static TOutputs? Previous<TOutputs>(LabelColumn label, TaskOutputs? previous)
        where TOutputs : TaskOutputs => previous is null or TOutputs
        ? (TOutputs?)previous
        : throw LabelColumn.OtherThanBefore(
            $"its task is {previous.Describe().Task}", $"The task of {label.Describe()} is {label.Task.Name}.");
}
